package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Why each key was asked, as the API of the whole program tells it.
class ExplainedTest {
  @TempDir Path dir;

  @Test
  void a_request_is_told_with_why_each_key_was_asked_and_why_not_the_others() {
    try (var running = Running.in(dir).keys("groq", "gsk_one_000000001", "gsk_two_000000002")) {
      running.script.play(Match.ALL, Fault.dead(), Fault.well());
      var chat = FarProvider.chat("groq/llama", false);
      var answer = running.post("/v1/chat/completions", chat);
      assertThat(answer.statusCode()).isEqualTo(200);
      var id = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();
      var told = running.get("/api/requests/" + id);
      while (told.statusCode() == 404) { // written behind
        told = running.get("/api/requests/" + id);
      }
      var why = JsonMapper.shared().readTree(told.body()).path("why");
      assertThat(why).as(told.body()).hasSize(2);
      var dead = why.get(0).path("key").asString();
      assertThat(why.get(0).path("because").asString()).contains("was ready and had its turn");
      assertThat(why.get(1).path("key").asString()).isNotEqualTo(dead);
      assertThat(why.get(1).path("others").values())
          .singleElement()
          .satisfies(other -> {
            assertThat(other.path("key").asString()).isEqualTo(dead);
            assertThat(other.path("because").asString()).startsWith("is blocked (");
          });
    }
  }
}
