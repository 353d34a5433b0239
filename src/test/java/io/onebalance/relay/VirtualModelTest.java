package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A name of the operator's own, and the legs behind it.
class VirtualModelTest {
  private static final String COMPAT = "/v1/chat/completions";
  private static final String FAST = Calls.chat("fast");
  private static final String GEMINI = "gemini-key-0000000000000000";
  private static final String OPENAI = "openai-key-0000000000000000";

  private final Rig rig = new Rig();

  VirtualModelTest() {
    rig.virtualModels =
        new VirtualModels(
            Map.of(
                "fast",
                List.of(
                    new Leg("google-ai-studio", "gemini-2.5-flash", 0),
                    new Leg("openai", "gpt-4o-mini", 0))));
    rig.keys("google-ai-studio", GEMINI);
    rig.keys("openai", OPENAI);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void the_first_leg_answers_under_its_own_name() {
    assertThat(rig.post(COMPAT, FAST).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().all())
        .extracting(Asked::key, Asked::model)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(GEMINI, "gemini-2.5-flash"));
  }

  @Test
  @DisplayName("the next leg is asked when the first has no key left")
  void the_next_leg_when_the_first_is_exhausted() {
    rig.script.key(GEMINI, Fault.limited(Duration.ofSeconds(40)));
    var answer = rig.post(COMPAT, FAST);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-one-balance-key")).contains(OPENAI);
    assertThat(answer.headers().firstValue("x-one-balance-attempts")).contains("2");
    assertThat(rig.sandbox.seen().last().model()).isEqualTo("gpt-4o-mini");
  }

  @Test
  void the_next_leg_when_the_provider_of_the_first_fails() {
    rig.script.key(GEMINI, Fault.broken());
    assertThat(rig.post(COMPAT, FAST).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().last().key()).isEqualTo(OPENAI);
  }

  @Test
  @DisplayName("F23 a mistake of the client's does not go on to the next leg")
  void no_next_leg_for_a_mistake() {
    rig.script.play(
        Match.key(GEMINI),
        Fault.refuses(new io.onebalance.sandbox.answer.Complaint.BadRequest("no")));
    assertThat(rig.post(COMPAT, FAST).statusCode()).isEqualTo(400);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("all legs exhausted: what the last one came to")
  void all_legs_exhausted() {
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(40)));
    var answer = rig.post(COMPAT, FAST);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("all_keys_cooling");
  }

  @Test
  @DisplayName("a restricted caller gets the legs that its key may use")
  void only_the_legs_that_the_caller_may_use() {
    rig.script.key(GEMINI, Fault.dead());
    var answer =
        rig.send(
            HttpRequest.newBuilder(URI.create(rig.url(COMPAT)))
                .header("authorization", "Bearer " + Rig.LIMITED_AUTH)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(FAST))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("a bare name that several offer: 400 with all of them, always in one order")
  void several_offer_it() {
    var here = Map.<String, Object>of("base-url", "http://127.0.0.1:9", "models", List.of("same"));
    rig.catalogue =
        rig.catalogue.with(Map.of("delta", here, "alpha", here, "charlie", here, "bravo", here));
    for (var tongue : Tongue.values()) {
      var answer = tongue.ask(rig, "same", true);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("alpha/same, bravo/same, charlie/same, delta/same");
    }
  }
}
