package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final String GENERATE =
      "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent";
  private static final String HELLO =
      """
      {"contents":[{"role":"user","parts":[{"text":"hello"}]}]}\
      """;

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void steps_over_a_dead_and_a_limited_key_unseen() {
    rig.key("google-ai-studio", "dead-key-0000000000000000");
    rig.key("google-ai-studio", "limited-key-0000000000000");
    rig.key("google-ai-studio", "good-key-00000000000000000");
    rig.script.key("dead-key-0000000000000000", Fault.dead());
    rig.script.key("limited-key-0000000000000", Fault.limited(Duration.ofSeconds(30)));

    for (var i = 0; i < 3; i++) {
      var answer = rig.post(GENERATE, HELLO);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-one-balance-key"))
          .contains("good-key-00000000000000000");
    }
    assertThat(rig.sandbox.seen().all())
        .filteredOn(asked -> !asked.key().startsWith("good"))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("S18 a caller without a key is refused")
  void refuses_a_caller_without_a_key() {
    var answer =
        rig.send(
            java.net.http.HttpRequest.newBuilder(java.net.URI.create(rig.url(GENERATE)))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(HELLO))
                .build());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("invalid_api_key");
    assertThat(rig.sandbox.seen().count()).isZero();
  }
}
