package io.onebalance.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How long limited keys rest, who rests with them and what a client hears meanwhile. The clock
/// stands still but where a test moves it, and nobody waits for a rest.
class LimitedKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";
  private static final String MODEL = "gpt-4o-mini";

  private final Rig rig = new Rig();

  LimitedKeysTest() {
    rig.stopClock(NOW);
    rig.patience = Patiences.waiting(rig.patience, Duration.ZERO);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after | 40 | 40000 | 44000",
        "retry-after | 0 | 1000 | 1100",
        "retry-after | 0.2 | 1000 | 1100",
        "retry-after-ms | 1500 | 1500 | 1650",
        "retry-after | 7200 | 7200000 | 7230000",
        "retry-after | 90000 | 86400000 | 86400000",
        "retry-after | Sat, 21 Nov 2026 12:02:00 GMT | 120000 | 132000",
      })
  @DisplayName(
      "F19 key and model rest as told, a second to a day and a little more; another serves")
  void a_told_rest(String field, String value, long least, long most) {
    assertRests(field, value, least, most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after | -1 | 65000 | 71500",
        "retry-after | NaN | 65000 | 71500",
        "retry-after | 1e18 | 65000 | 71500",
        "retry-after | Fri, 20 Nov 2026 12:02:00 GMT | 65000 | 71500",
        "retry-after | Sat, 21 Nov 2099 12:02:00 GMT | 86400000 | 86400000",
        "retry-after | 1000000000000000000 | 86400000 | 86400000",
        "retry-after-ms | 99999999999999999999 | 86400000 | 86400000",
      })
  @DisplayName("F25 nonsense tells nothing, the past neither, and nothing rests above a day")
  void a_nonsensical_rest(String field, String value, long least, long most) {
    assertRests(field, value, least, most);
  }

  private void assertRests(String field, String value, long least, long most) {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, limited(field, value), Fault.well());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(attempts(answer)).isEqualTo(2);
    var rested = rig.sandbox.seen().all().getFirst().key();
    assertThat(rig.standing("openai", rested).coolings()).containsOnlyKeys(MODEL);
    assertThat(restOf(rested).toMillis()).isBetween(least, most);
    assertThat(rig.standing("openai", rested.equals(A) ? B : A).coolings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"40s, 40000, 44000", "0.3s, 1000, 1100", "-7s, 65000, 71500"})
  @DisplayName("F19, F25 Google tells the rest in its RetryInfo")
  void a_rest_in_retry_info(String delay, long least, long most) {
    rig.keys("google-ai-studio", A, B);
    var body =
        """
        {"error":{"code":429,"message":"Resource exhausted.","status":"RESOURCE_EXHAUSTED","details":
        [{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}
        """
            .formatted(delay);
    rig.script.play(Match.ALL, says(429, body, Map.of()), Fault.well());

    assertThat(rig.post(Calls.GENERATE, Calls.CONTENTS).statusCode()).isEqualTo(200);
    var rested = rig.sandbox.seen().all().getFirst().key();
    var coolings = rig.standing("google-ai-studio", rested).coolings();
    assertThat(coolings).containsOnlyKeys("gemini-2.5-flash");
    var until = requireNonNull(coolings.get("gemini-2.5-flash")).until();
    assertThat(Duration.between(NOW, until).toMillis()).isBetween(least, most);
  }

  @Test
  @DisplayName("F19 a key that is limited for one model serves another")
  void a_limit_is_the_models() {
    rig.keys("openai", A);
    rig.script.play(Match.model(MODEL), limited("retry-after", "40"));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    assertThat(rig.post(Calls.CHAT, Calls.chat("gpt-4o")).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F20 all keys cooling: 429 without waiting, Retry-After is the soonest recovery")
  void tells_when_to_come_back() {
    rig.keys("openai", A, B);
    rig.script.key(A, limited("retry-after", "90"));
    rig.script.key(B, limited("retry-after", "40"), Fault.well());

    assertComeBackIn(1 + restOfAll().toSeconds());
    rig.pass(Duration.ofSeconds(10));
    assertComeBackIn(1 + restOf(B).toSeconds());
    assertThat(rig.sandbox.seen().count()).as("nobody is asked meanwhile").isEqualTo(2);

    rig.pass(restOf(B));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().last().key()).isEqualTo(B);
  }

  private Duration restOfAll() {
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    return restOf(B);
  }

  private void assertComeBackIn(long seconds) {
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("all_keys_cooling", "rate_limit_error");
    assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
    assertThat(answer.headers().firstValue("retry-after")).contains(Long.toString(seconds));
  }

  /// What is spent for a while, what rests for it and how long at least, at most 30 s less.
  record Spent(
      String provider, String target, String body, Fault fault, String rests, Duration least) {
    @Override
    public String toString() {
      return provider + " " + fault;
    }
  }

  static Stream<Spent> spent() {
    var credit = Fault.refuses(Complaint.Plain.NO_CREDIT);
    var gemini = "google-ai-studio";
    return Stream.of(
        new Spent(
            "openai", Calls.CHAT, Calls.HELLO, credit, Cooling.WHOLE_KEY, Duration.ofHours(1)),
        new Spent(
            gemini, Calls.GENERATE, Calls.CONTENTS, credit, Cooling.WHOLE_KEY, Duration.ofHours(1)),
        new Spent(
            gemini,
            Calls.GENERATE,
            Calls.CONTENTS,
            Fault.limitedToday(Duration.ofSeconds(20)),
            "gemini-2.5-flash",
            Duration.ofHours(20)));
  }

  @ParameterizedTest
  @MethodSource("spent")
  @DisplayName("F21 402, insufficient_quota, a day's quota: the account rests, none of it is asked")
  void what_is_spent_rests_the_account(Spent spent) {
    var provider = spent.provider;
    rig.key(provider, A, "acme");
    rig.key(provider, A + "2", "acme");
    rig.key(provider, A + "3", "acme");
    rig.script.play(Match.ALL, spent.fault);

    for (var i = 0; i < 2; i++) {
      assertThat(rig.post(spent.target, spent.body).statusCode()).isNotEqualTo(200);
      assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    }
    for (var key : new String[] {A, A + "2", A + "3"}) {
      var coolings = rig.standing(provider, key).coolings();
      assertThat(coolings).containsOnlyKeys(spent.rests);
      assertThat(requireNonNull(coolings.get(spent.rests)).until())
          .isBetween(NOW.plus(spent.least), NOW.plus(Duration.ofHours(24)));
    }
    assertThat(rig.counts(provider).blocked()).isZero();

    rig.key(provider, B, "other");
    rig.script.key(B, Fault.well());
    assertThat(rig.post(spent.target, spent.body).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  @DisplayName("F26 keys limited at one moment return at many")
  void rests_end_at_many_moments() {
    var keys = IntStream.range(0, 40).mapToObj(i -> A + i).toArray(String[]::new);
    rig.keys("openai", keys);
    rig.script.play(Match.ALL, limited("retry-after", "40"));

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    assertThat(rig.sandbox.seen().count()).isEqualTo(40);
    var ends = new HashSet<Duration>();
    for (var key : keys) {
      assertThat(restOf(key)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44));
      ends.add(restOf(key));
    }
    assertThat(ends).hasSizeGreaterThan(35);
  }

  @Test
  @DisplayName("F26 rests that are over: one request tries each key, the others are told to wait")
  void one_trial_a_key() {
    rig.keys("openai", A, B, A + "2", A + "3");
    var gate = new Gate();
    rig.script.play(
        Match.ALL,
        limited("retry-after", "40"),
        limited("retry-after", "40"),
        limited("retry-after", "40"),
        limited("retry-after", "40"),
        new Fault.Hangs(gate));
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    rig.pass(Duration.ofSeconds(45));
    rig.sandbox.seen().forget();

    var answers = IntStream.range(0, 12).mapToObj(_ -> ask()).toList();
    Rig.until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 8);
    Rig.until(() -> rig.sandbox.seen().count() >= 4);
    assertThat(rig.sandbox.seen().all()).extracting(asked -> asked.key()).doesNotHaveDuplicates();
    assertThat(rig.sandbox.seen().count()).isEqualTo(4);
    gate.open();
    var statuses = answers.stream().map(answer -> answer.join().statusCode()).toList();
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(4);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(8);
  }

  private Duration restOf(String key) {
    var cooling = requireNonNull(rig.standing("openai", key).coolings().get(MODEL));
    return Duration.between(rig.clock.instant(), cooling.until());
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    var request =
        rig.request(Calls.CHAT)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Calls.HELLO))
            .build();
    return rig.http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static int attempts(HttpResponse<String> answer) {
    return Integer.parseInt(answer.headers().firstValue("x-one-balance-attempts").orElseThrow());
  }

  private static Fault limited(String field, String value) {
    var body = "{\"error\":{\"message\":\"Rate limit reached\",\"code\":\"rate_limit_exceeded\"}}";
    return says(429, body, Map.of(field, value));
  }

  private static Fault says(int status, String body, Map<String, String> fields) {
    var all = new HashMap<>(fields);
    all.put("content-type", "application/json");
    return new Fault.Says(status, all, body.getBytes(StandardCharsets.UTF_8));
  }
}
