package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong with a request that is translated, and how its client hears of it.
class TranslatedTroubleTest {
  private static final String KEY = "gemini-key-0000000000000000";
  private static final String CHAT = "/v1/chat/completions";

  private static final Map<Tongue, String> ERRORS =
      Map.of(
          Tongue.OPENAI, "data: {\"error\":{",
          Tongue.RESPONSES, "event: response.failed",
          Tongue.ANTHROPIC, "event: error\ndata: {\"type\":\"error\"",
          Tongue.GEMINI, "data: {\"error\":{\"code\":");

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
  @DisplayName("P8, S11 a model whose name makes a path that some server reads as another")
  void a_name_that_makes_no_path() {
    var answer = rig.post(CHAT, Calls.chat("google-ai-studio/%25252525252525"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request", "escape of escapes");
    assertThat(rig.sandbox.seen().count()).isZero();
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

  /// A client of each dialect, each before providers of all the others.
  static Stream<Arguments> strangers() {
    return TranslationTest.strangers();
  }

  @ParameterizedTest
  @MethodSource("strangers")
  @DisplayName("F4 a failure that the provider tells in mid-stream ends the client's, in its words")
  void a_failure_in_mid_stream(Tongue tongue, String model) throws IOException {
    rig.keys(model.substring(0, model.indexOf('/')), KEY);
    rig.script.play(Match.ALL, new Fault.FailsAfter(2, Complaint.Plain.OVERLOADED));
    var told = tongue.hearAll(rig, model);
    assertThat(told).contains("HTTP/1.1 200", ERRORS.get(tongue));
    assertThat(told).doesNotContain("[DONE]", "message_stop", "response.completed");
    assertThat(told).doesNotEndWith("0\r\n\r\n");
  }

  @Test
  @DisplayName("F3, F4 answers that end before they began are the provider's fault, and teach so")
  void an_answer_that_ends_before_it_begins() {
    try (var upstream =
        new BareServer(line -> {
          while (true) {
            line.hear();
            line.say(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                    + "content-length: 14\r\n\r\ndata: [DONE]\n\n");
          }
        })) {
      rig.catalogue =
          rig.catalogue.with(Map.of("openai", Map.of("base-url", upstream.url() + "/v1")));
      rig.keys("openai", "openai-key-1-000000000000", "openai-key-2-000000000000");
      for (var i = 0; i < 12; i++) {
        Tongue.ANTHROPIC.ask(rig, "openai/gpt-4o-mini", true);
      }
      assertThat(rig.pools.of("openai").isFailing("gpt-4o-mini", rig.clock.instant())).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, invalid_request_error, invalid_request_error, INVALID_ARGUMENT",
    "404, 404, invalid_request_error, not_found_error, NOT_FOUND",
    "413, 413, invalid_request_error, request_too_large, INVALID_ARGUMENT",
    "422, 400, invalid_request_error, invalid_request_error, INVALID_ARGUMENT",
    "500, 500, server_error, api_error, INTERNAL",
    "503, 503, server_error, overloaded_error, UNAVAILABLE",
    "529, 529, server_error, overloaded_error, UNAVAILABLE"
  })
  @DisplayName("F23, F24 a refusal that is a page in HTML is told by its status, in each dialect")
  void a_page_in_html(int said, int told, String openAi, String anthropic, String google) {
    rig.keys("anthropic", KEY);
    var page = "<html><body><h1>Sorry</h1></body></html>".getBytes(UTF_8);
    rig.script.key(KEY, new Fault.Says(said, Map.of("content-type", "text/html"), page));
    var types = Map.of(Tongue.OPENAI, openAi, Tongue.ANTHROPIC, anthropic, Tongue.GEMINI, google);
    types.forEach((tongue, type) -> {
      var model =
          tongue == Tongue.ANTHROPIC
              ? "google-ai-studio/gemini-2.5-flash"
              : "anthropic/claude-haiku-4-5";
      var answer = tongue.ask(rig, model, true);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(told);
      assertThat(tongue.complaint(new JsonObject(answer.body()))).isEqualTo(type);
      assertThat(answer.body()).contains("answered " + said).doesNotContain("<h1>");
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("F9 a mistake that the provider tells in a 200 is told as one")
  void a_mistake_in_a_success(boolean stream) {
    var mistake = new Complaint.BadRequest("no such tool");
    rig.script.key(
        KEY, stream ? new Fault.FailsAfter(0, mistake) : new Fault.RefusesWith200(mistake));
    var answer = Tongue.OPENAI.ask(rig, "google-ai-studio/gemini-2.5-flash", stream);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request", "no such tool");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "1.5, 2",
    "'Thu, 01 Jan 2026 00:00:30 GMT', 30",
    "-1, ''",
    "'Wed, 31 Dec 2025 00:00:00 GMT', ''",
    "soon, ''"
  })
  @DisplayName("F25 what a failing provider says of when to come back, in seconds or as a date")
  void when_to_come_back(String said, String told) {
    rig.stopClock(Instant.parse("2026-01-01T00:00:00Z"));
    var fields = Map.of("content-type", "application/json", "retry-after", said);
    rig.script.key(KEY, new Fault.Says(503, fields, "{}".getBytes(UTF_8)));
    var answer = Tongue.OPENAI.ask(rig, "google-ai-studio/gemini-2.5-flash", false);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after").orElse("")).isEqualTo(told);
  }
}
