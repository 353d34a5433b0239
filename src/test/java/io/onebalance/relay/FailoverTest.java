package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which key is asked next, and what the keys before it are blamed for.
class FailoverTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String B = "key-b-000000000000000000000";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"INVALID_KEY", "SUSPENDED"})
  @DisplayName("F22, P12 a definitely bad key is blocked at its first answer and never asked again")
  void blocks_a_definitely_bad_key_at_once(Complaint.Plain complaint) {
    rig.keys("openai", A, B);
    rig.script.key(A, Fault.refuses(complaint));

    for (var i = 0; i < 4; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    }
    assertThat(askedWith(A)).isEqualTo(1);
    assertThat(rig.standing("openai", A).state()).isInstanceOf(State.Blocked.class);
    assertThat(rig.standing("openai", B).state()).isEqualTo(State.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAUTHORIZED", "FORBIDDEN"})
  @DisplayName("F22 an indefinite 401 or 403 convicts the key when another serves the request")
  void convicts_a_doubted_key_once_another_served(Complaint.Plain complaint) {
    rig.keys("openai", A, B);
    rig.script.key(A, Fault.refuses(complaint));

    for (var i = 0; i < 4; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    }
    assertThat(askedWith(A)).isEqualTo(1);
    assertThat(rig.standing("openai", A).state()).isInstanceOf(State.Blocked.class);
  }

  @Test
  @DisplayName("F27 a poison request is blamed after three keys; concurrent ones block no key")
  void poison_requests_block_no_key() {
    rig.keys("openai", IntStream.range(0, 12).mapToObj(i -> A + i).toArray(String[]::new));
    rig.script.play(Match.model("poison"), Fault.refuses(Complaint.Plain.FORBIDDEN));

    var answers = IntStream.range(0, 4).mapToObj(_ -> ask(Calls.chat("poison"))).toList();
    for (var answer : answers) {
      assertThat(answer.join().statusCode()).isEqualTo(502);
      assertThat(answer.join().body()).contains("all_keys_failed", "request is to blame");
      assertThat(attempts(answer.join())).isEqualTo(3);
    }
    assertThat(rig.counts("openai").active()).isEqualTo(12);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F27, D9 a poison request sent again and again neither blocks nor benches a key")
  void a_repeated_poison_request_costs_no_key() {
    rig.keys("openai", A, B);
    rig.script.play(Match.model("poison"), Fault.refuses(Complaint.Plain.FORBIDDEN));

    for (var i = 0; i < 8; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.chat("poison")).statusCode()).isEqualTo(502);
    }
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F22 poison and good requests at once: no key is lost")
  void poison_beside_good_requests_costs_no_key() {
    rig.keys("openai", IntStream.range(0, 12).mapToObj(i -> A + i).toArray(String[]::new));
    rig.script.play(Match.model("poison"), Fault.refuses(Complaint.Plain.FORBIDDEN));

    var answers =
        IntStream.range(0, 40)
            .mapToObj(i -> ask(i % 4 == 0 ? Calls.chat("poison") : Calls.HELLO))
            .toList();
    var served = answers.stream().filter(answer -> answer.join().statusCode() == 200).count();
    assertThat(served).isEqualTo(30);
    assertThat(rig.counts("openai").blocked()).isZero();
    assertThat(rig.counts("openai").setAside()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"API_DISABLED", "RESTRICTED_KEY"})
  @DisplayName(
      "F22 a key that may not use a model rests for it, and is neither blocked nor doubted")
  void a_missing_permission_blocks_no_key(Complaint.Plain complaint) {
    rig.keys("openai", A, B);
    rig.script.key(A, Fault.refuses(complaint));

    for (var i = 0; i < 4; i++) {
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    }
    assertThat(askedWith(A)).isEqualTo(1);
    assertThat(rig.standing("openai", A).state()).isEqualTo(State.ACTIVE);
    assertThat(rig.standing("openai", A).coolings()).containsOnlyKeys("gpt-4o-mini");
  }

  @Test
  @DisplayName("F22, F23 what keys may not do without naming a model keeps none from anything else")
  void a_missing_permission_for_one_endpoint_closes_no_other() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.refuses(Complaint.Plain.RESTRICTED_KEY));
    var refused = rig.get("/api/openai/v1/fine_tuning/jobs");
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("all_keys_failed", "permission");

    rig.script.play(Match.ALL, Fault.well());
    assertThat(rig.get("/api/openai/v1/models").statusCode()).isEqualTo(200);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Test
  @DisplayName("F22, F27 what no key may do with a model rests none for it, and is asked of a few")
  void a_permission_that_all_keys_lack_rests_none() {
    rig.keys("openai", IntStream.range(0, 12).mapToObj(i -> A + i).toArray(String[]::new));
    rig.script.play(Match.ALL, Fault.refuses(Complaint.Plain.RESTRICTED_KEY));
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(attempts(answer)).isEqualTo(8);
    assertThat(rig.counts("openai").active()).isEqualTo(12);
  }

  @Test
  @DisplayName("F22 a region that is not served costs no key")
  void a_region_blocks_no_key() {
    rig.script.play(Match.ALL, Fault.refuses(Complaint.Plain.REGION));
    for (var provider : new String[] {"openai", "anthropic", "google-ai-studio"}) {
      rig.keys(provider, A, B);
    }
    for (var i = 0; i < 3; i++) {
      rig.post(Calls.CHAT, Calls.HELLO);
      rig.post(Calls.MESSAGES, Calls.MESSAGE_STREAM);
      rig.post(Calls.GENERATE, Calls.CONTENTS);
    }
    for (var provider : new String[] {"openai", "anthropic", "google-ai-studio"}) {
      assertThat(rig.counts(provider).active()).as(provider).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("F20 a short rest is waited for, within MAX_WAIT")
  void waits_for_a_short_rest() {
    rig.keys("openai", A);
    rig.script.key(A, Fault.limited(Duration.ofSeconds(1)), Fault.well());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(attempts(answer)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  @DisplayName("F23, D8 the client's mistake is passed on: one attempt, no key to blame")
  void a_mistake_does_not_fan_out(Mistake mistake) {
    rig.keys("openai", A, B);
    var body = "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}";
    rig.script.play(Match.ALL, says(mistake.status, body));

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(mistake.status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  /// What a client can do wrong.
  enum Mistake {
    BAD_REQUEST(400),
    NOT_FOUND(404),
    CONFLICT(409),
    TOO_LARGE(413),
    UNPROCESSABLE(422);

    private final int status;

    Mistake(int status) {
      this.status = status;
    }
  }

  @Test
  @DisplayName("D8 201, 204 and other successes are answers: asked once")
  void other_successes_are_not_repeated() {
    rig.keys("openai", A, B);
    for (var status : new int[] {201, 202, 204}) {
      rig.sandbox.seen().forget();
      rig.script.play(Match.ALL, says(status, status == 204 ? "" : "{\"id\":\"x\"}"));
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(status);
      assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("all keys dead: 502, never a key's own 401")
  void never_shows_a_keys_401() {
    rig.keys("openai", A, B);
    rig.script.play(Match.ALL, Fault.dead());

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed");
    var later = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(later.statusCode()).isEqualTo(503);
    assertThat(later.body()).contains("no_keys_available");
  }

  @Test
  @DisplayName("MAX_ATTEMPTS bounds the rotation")
  void stops_after_the_most_attempts() {
    rig.patience = Patiences.attempts(rig.patience, 3);
    rig.keys("openai", IntStream.range(0, 6).mapToObj(i -> A + i).toArray(String[]::new));
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(40)));

    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(rig.sandbox.seen().count()).isEqualTo(3);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(attempts(answer)).isEqualTo(3);
  }

  @Test
  @DisplayName("rotation knows no other bound: thirty limited keys are stepped over")
  void steps_over_thirty_limited_keys() {
    for (var i = 0; i < 30; i++) {
      rig.key("openai", A + i);
      rig.script.key(A + i, Fault.limited(Duration.ofSeconds(40)));
    }
    rig.key("openai", B);

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().count()).isLessThanOrEqualTo(31);
  }

  @Test
  @DisplayName("no keys: 503 no_keys_available")
  void says_when_there_are_no_keys() {
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("no_keys_available");
  }

  private long askedWith(String key) {
    return rig.sandbox.seen().all().stream().filter(asked -> asked.key().equals(key)).count();
  }

  private CompletableFuture<HttpResponse<String>> ask(String body) {
    var request =
        rig.request(Calls.CHAT)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return rig.http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static int attempts(HttpResponse<String> answer) {
    return Integer.parseInt(answer.headers().firstValue("x-one-balance-attempts").orElseThrow());
  }

  private static Fault says(int status, String body) {
    return new Fault.Says(
        status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }
}
