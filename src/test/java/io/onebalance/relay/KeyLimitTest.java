package io.onebalance.relay;

import static io.onebalance.access.limit.rules.Limit.CONCURRENT;
import static io.onebalance.access.limit.rules.Limit.MONEY_PER_DAY;
import static io.onebalance.access.limit.rules.Limit.REQUESTS_PER_MINUTE;
import static io.onebalance.access.limit.rules.Limit.TOKENS_PER_MINUTE;
import static io.onebalance.access.limit.rules.Limit.TOKENS_PER_MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.Grants;
import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A gateway key that has used or spent what it may: it is told so in the dialect it speaks, and
/// when to come back; others are served.
class KeyLimitTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String KEY = "key-a-000000000000000000000";

  private final Rig rig = new Rig();

  @BeforeEach
  void open() {
    rig.stopClock(NOON);
    rig.keys("openai", KEY);
    rig.keys("anthropic", KEY);
    rig.keys("google-ai-studio", KEY);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/openai/v1/chat/completions, '\"type\":\"rate_limit_error\"'",
    "/v1/responses, '\"type\":\"rate_limit_error\"'",
    "/api/anthropic/v1/messages, '\"type\":\"rate_limit_error\"'",
    "/api/compat/v1/messages, '\"type\":\"rate_limit_error\"'",
    "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent, RESOURCE_EXHAUSTED",
    "/v1beta/models/gpt-4o-mini:streamGenerateContent, RESOURCE_EXHAUSTED"
  })
  @DisplayName("F53 a key over its requests a minute is told 429 in its dialect; others are served")
  void over_its_requests(String path, String inItsDialect) {
    limit(Map.of(REQUESTS_PER_MINUTE, 4L));
    for (var i = 0; i < 4; i++) {
      assertThat(rig.get("/api/compat/models").statusCode()).isEqualTo(200);
    }
    var seen = rig.sandbox.seen().count();
    var refused = rig.post(path, Calls.HELLO);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).hasValue("15");
    assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
    assertThat(refused.body()).contains(inItsDialect, "rate_limited", "4 requests a minute");
    assertThat(rig.sandbox.seen().count()).isEqualTo(seen);
    assertThat(asAnother().statusCode()).isEqualTo(200);
    rig.pass(Duration.ofSeconds(14));
    assertThat(rig.get("/api/compat/models").statusCode()).isEqualTo(429);
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.get("/api/compat/models").statusCode()).isEqualTo(200);
    assertThat(rig.get("/api/compat/models").statusCode()).isEqualTo(429);
    assertThat(rig.underWay.all()).isZero();
  }

  @Test
  void tokens_are_charged_when_a_request_is_over_and_an_overdraft_rests() {
    limit(Map.of(TOKENS_PER_MINUTE, 1_000L));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    charge(3_000, OptionalLong.empty());
    var refused = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("rate_limited", "1000 tokens a minute");
    assertThat(refused.headers().firstValue("retry-after")).hasValue("121");
    rig.pass(Duration.ofSeconds(121));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/openai/v1/chat/completions, '\"code\":\"budget_spent\"'",
    "/api/anthropic/v1/messages, '\"code\":\"budget_spent\"'",
    "/v1beta/models/gpt-4o-mini:generateContent, '\"reason\":\"budget_spent\"'"
  })
  void over_its_budget(String path, String inItsDialect) {
    limit(Map.of(MONEY_PER_DAY, 2_500_000L, TOKENS_PER_MONTH, 1_000_000L));
    charge(1_000, OptionalLong.of(2_500_000_000L));
    var refused = rig.post(path, Calls.HELLO);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains(inItsDialect, "$2.50 a day");
    assertThat(refused.headers().firstValue("retry-after"))
        .hasValue(Long.toString(Duration.ofHours(12).toSeconds()));
    rig.pass(Duration.ofHours(12));
    assertThat(asMain(Calls.CHAT).statusCode()).isEqualTo(200);
  }

  @Test
  void a_limit_of_its_own_on_requests_at_once_beats_the_one_of_all_keys() throws Exception {
    rig.concurrent = 10;
    limit(Map.of(CONCURRENT, 1L));
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      rig.sandbox.seen().nth(1).join();
      var refused = rig.post(Calls.CHAT, Calls.HELLO);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("too_many_requests");
      line.reset();
    }
    Rig.until(() -> rig.underWay.all() == 0);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  void limits_that_are_set_while_it_runs_meet_what_was_spent() {
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    charge(900, OptionalLong.empty());
    limit(Map.of(TOKENS_PER_MONTH, 900L));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    limit(Map.of());
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F53 a key that asks on and on is told so later; whoever leaves meanwhile is let go")
  void held_back() throws Exception {
    limit(Map.of(REQUESTS_PER_MINUTE, 1L));
    assertThat(asMain(Calls.CHAT).statusCode()).isEqualTo(200);
    try (var patient = rig.line();
        var leaves = rig.line()) {
      for (var i = 0; i < 12; i++) {
        patient.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        var refused = patient.hear();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.field("retry-after")).isEqualTo("60");
      }
      leaves.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      leaves.reset();
      assertThat(asAnother().statusCode()).isEqualTo(200);
      rig.pass(Duration.ofMinutes(1));
      patient.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      assertThat(patient.hear().status()).isEqualTo(200);
    }
    Rig.until(() -> rig.underWay.all() == 0);
  }

  @Test
  @DisplayName("F53 a refusal that is held back counts and asks for no row in the request log")
  void counted_in_brief() throws Exception {
    rig.pass(Duration.ZERO); // the clock stands still: nobody comes too slowly to be held back
    limit(Map.of(REQUESTS_PER_MINUTE, 1L));
    assertThat(asMain(Calls.CHAT).statusCode()).isEqualTo(200);
    try (var line = rig.line()) {
      for (var i = 0; i < 12; i++) {
        line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        assertThat(line.hear().status()).isEqualTo(429);
      }
    }
    assertThat(rig.entries).hasSize(13);
    assertThat(rig.inBrief.get()).isEqualTo(2);
  }

  /// Limits of the first gateway key.
  private void limit(Map<Limit, Long> numbers) {
    rig.limitTable =
        new LimitTable(ZoneOffset.UTC, KeyLimits.NONE, Map.of("key-1", new KeyLimits(numbers)));
  }

  private void charge(long tokens, OptionalLong nanos) {
    var now = rig.clock.instant();
    rig.spendings.charge(id(), new Charge(now, now, tokens, nanos));
  }

  private static String id() {
    try {
      return Grants.parse(Rig.AUTH).defined().getFirst().grant().id();
    } catch (io.onebalance.access.MalformedAuthKey impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private HttpResponse<String> asMain(String path) {
    return rig.post(path, Calls.HELLO);
  }

  private HttpResponse<String> asAnother() {
    return rig.send(
        HttpRequest.newBuilder(URI.create(rig.url(Calls.CHAT)))
            .header("authorization", "Bearer " + Rig.LIMITED_AUTH)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Calls.HELLO))
            .build());
  }
}
