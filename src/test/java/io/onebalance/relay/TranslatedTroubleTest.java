package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.Fault;
import io.onebalance.sandbox.Match;
import io.onebalance.sandbox.answer.Complaint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What goes wrong with a request that is translated, and how its client hears of it.
class TranslatedTroubleTest {
  private static final String KEY = "gemini-key-0000000000000000";
  private static final String CHAT = "/v1/chat/completions";

  private final Rig rig = new Rig();

  TranslatedTroubleTest() {
    rig.keys("google-ai-studio", KEY);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_response_that_is_not_there_is_told_by_the_code_that_clients_act_on() {
    var asked =
        "{\"model\":\"google-ai-studio/gemini-2.5-flash\",\"input\":\"hello\","
            + "\"previous_response_id\":\"resp_1\"}";
    var answer = rig.post("/v1/responses", asked);
    assertThat(answer.statusCode()).isEqualTo(400);
    var error = new JsonObject(answer.body()).getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("previous_response_not_found");
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  void any_other_mistake_has_the_usual_code() {
    var answer = rig.post(CHAT, "{\"model\":\"google-ai-studio/gemini-2.5-flash\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request", "messages");
  }

  @Test
  @DisplayName("S26 a key that a failure in mid-stream echoes is taken out of it")
  void an_echoed_key_in_mid_stream() throws Exception {
    rig.script.play(
        Match.ALL, new Fault.FailsAfter(1, new Complaint.BadRequest("no good: " + KEY)));
    rig.keys("anthropic", KEY);
    var streamed = Calls.STREAM.replace("gpt-4o-mini", "anthropic/claude-sonnet-4-5");
    var told = new StringBuilder();
    var asked =
        rig.request(CHAT)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(streamed))
            .build();
    var answer = rig.http.send(asked, HttpResponse.BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      for (var b = body.read(); b >= 0; b = body.read()) {
        told.append((char) b);
      }
    } catch (IOException cut) {
      told.append("\ncut");
    }
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(told.toString()).contains("no good: [redacted]", "\ncut").doesNotContain(KEY);
  }
}
