package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.answer.Opening;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningTest {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String STREAM = "text/event-stream";

  private final Catalogue catalogue = Catalogue.builtIn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | {\"error\":{\"message\":\"x\",\"type\":\"server_error\",\"code\":null}} |"
            + " Faulted",
        "openai | {\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"try again in 7s\"}} |"
            + " Limited UNKNOWN PT7S",
        "openai | {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"x\"}} | Exhausted"
            + " PT24H",
        "openai | {\"error\":{\"code\":\"invalid_api_key\",\"message\":\"x\"}} | Dead invalid key",
        "openrouter | {\"error\":{\"code\":502,\"message\":\"Provider returned"
            + " error\"},\"user_id\":\"u\"} | Faulted",
        "openrouter | {\"id\":\"gen-1\",\"choices\":[],\"error\":{\"code\":429,\"message\":\"x\"}}"
            + " | Limited UNKNOWN",
        "mistral | {\"object\":\"error\",\"message\":\"x\",\"type\":\"invalid_request_error\"} |"
            + " Mistaken",
        "google | {\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}"
            + " | Overloaded",
        "google |"
            + " [{\"error\":{\"code\":429,\"message\":\"x\",\"details\":[{\"retryDelay\":\"9s\"}]}}]"
            + " | Limited UNKNOWN PT9S",
        "google | {\"error\":{\"code\":\"not_found\",\"message\":\"x\"}} | Mistaken",
        "anthropic |"
            + " {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}} |"
            + " Overloaded",
      })
  @DisplayName("F9 an error document in a 200 is what it says")
  void an_error_document_is_what_it_says(String slug, String body, String expected) {
    assertThat(judged(slug, JSON, body, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | data: {\"error\":{\"message\":\"x\",\"code\":\"server_is_overloaded\"}} |"
            + " Overloaded",
        "openai | event: error~data:"
            + " {\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"x\"} | Limited"
            + " UNKNOWN",
        "openai | event: response.created~data: {\"type\":\"response.created\"}~~event:"
            + " response.failed~data:"
            + " {\"type\":\"response.failed\",\"response\":{\"id\":\"r\",\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}}"
            + " | Faulted",
        "openrouter | : OPENROUTER PROCESSING~~data:"
            + " {\"id\":\"g\",\"object\":\"chat.completion.chunk\",\"error\":{\"code\":502,\"message\":\"x\"},\"choices\":[{\"finish_reason\":\"error\"}]}"
            + " | Faulted",
        "anthropic | event: error~data:"
            + " {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}} |"
            + " Overloaded",
        "anthropic | event: message_start~data: {\"type\":\"message_start\"}~~event: error~data:"
            + " {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"x\"}} |"
            + " Limited UNKNOWN",
        "google | data:"
            + " {\"error\":{\"code\":429,\"message\":\"x\",\"details\":[{\"violations\":[{\"quotaId\":\"APerDay\"}]}]}}"
            + " | Limited DAY PT20H APerDay",
        "google | data:"
            + " {\"event_type\":\"error\",\"error\":{\"code\":\"not_found\",\"message\":\"x\"}} |"
            + " Mistaken",
      })
  @DisplayName("F11 an error among the first events is what it says")
  void an_error_among_the_first_events_is_what_it_says(
      String slug, String events, String expected) {
    for (var end : new String[] {"\n", "\r\n", "\r"}) {
      var text = (events + "~~").replace("~", end);
      assertThat(judged(slug, STREAM, text, false)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "google |"
            + " {\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"STOP\"}],\"modelVersion\":\"m\"}"
            + " | Faulted",
        "google |"
            + " {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\"}]}"
            + " | Faulted",
        "google | {\"candidates\":[{\"index\":0}]} | Faulted",
        "google | {\"usageMetadata\":{},\"modelVersion\":\"m\"} | Faulted",
        "google | {\"candidates\":[{\"finishReason\":\"MAX_TOKENS\"}]} | fine",
        "google | {\"candidates\":[{\"finishReason\":\"SAFETY\"}]} | fine",
        "google | {\"promptFeedback\":{\"blockReason\":\"OTHER\"},\"modelVersion\":\"m\"} | fine",
        "google |"
            + " {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]},\"finishReason\":\"STOP\"}]}"
            + " | fine",
        "google |"
            + " {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"},{\"functionCall\":{}}]},\"finishReason\":\"STOP\"}]}"
            + " | fine",
        "google |"
            + " [{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]}}]},{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}]}]"
            + " | fine",
        "google | {} | fine",
        "google | {\"models\":[]} | fine",
        "google | {\"totalTokens\":3} | fine",
        "openai | {\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[],\"note\":\"error\"} |"
            + " fine",
        "openai | {\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\",\"error\":null} |"
            + " fine",
        "openai |"
            + " {\"id\":\"r\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"x\",\"message\":\"stored\"}}"
            + " | fine",
        "replicate | {\"id\":\"p\",\"status\":\"failed\",\"error\":\"stored\"} | fine",
        "openai | {\"error\":{}} | fine",
        "openai | {\"error\":  | fine",
      })
  @DisplayName("F10 Gemini without content is empty, but a limit or a refusal is an answer")
  void whole_answers_are_told_apart(String slug, String body, String expected) {
    assertThat(judged(slug, JSON, body, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | data: {\"choices\":[{\"delta\":{\"content\":\"an error\"}}]}~~ | false | fine",
        "openai | : comment~~ | true | Faulted",
        "openai | : comment~~ | false | fine",
        "openai | data: [DONE]~~ | true | Faulted",
        "openai | data: [DONE]~~ | false | Faulted",
        "openai | data: {\"choices\":[{\"delta\":{\"content\":\"[DONE] | false | fine",
        "openai | data: {\"choices\":[]}~~data: [DONE]~~ | true | fine",
        "google | data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}~~ | false | Faulted",
        "google | data: {\"candidates\":[{\"content\":{\"role\":\"model\"}}]}~~ | false | fine",
        "google | data: {\"candidates\":[{\"content\":{\"role\":\"model\"}}]}~~ | true | Faulted",
        "google | data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}~~data:"
            + " {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\"}]}~~"
            + " | true | fine",
        "openai | data: {\"error\":{\"message\":\"cut off | false | fine",
      })
  @DisplayName("F10 a stream is empty when it ends without an event")
  void streams_are_told_apart(String slug, String events, boolean complete, String expected) {
    assertThat(judged(slug, STREAM, events.replace("~", "\n"), complete)).isEqualTo(expected);
  }

  @Test
  @DisplayName("F10 an empty body is a fault only where JSON or a stream was promised")
  void an_empty_body_is_a_fault_where_something_was_promised() {
    assertThat(judged("openai", JSON, "", true)).isEqualTo("Faulted");
    assertThat(judged("openai", STREAM, "\n\n", true)).isEqualTo("Faulted");
    assertThat(judged("google", "text/plain", "", true)).isEqualTo("fine");
    assertThat(judged("google", "", "", true)).isEqualTo("fine");
    assertThat(judged("openai", JSON, "", false)).isEqualTo("fine");
    var deleted = new Opening(204, JSON, new byte[0], true, false);
    assertThat(catalogue.find("openai").orElseThrow().judgeOpening(deleted, Vector.NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openrouter | {\"error\":{\"code\":403,\"message\":\"flagged\"}} | 403",
        "openai | {\"error\":{\"type\":\"invalid_request_error\",\"code\":\"x\"}} | 400",
        "google | {\"error\":{\"code\":\"not_found\",\"message\":\"x\"}} | 404",
      })
  @DisplayName("F9, F11 a mistake in a 200 has the status that it would have had by itself")
  void a_mistake_has_its_status(String slug, String error, int status) {
    var provider = catalogue.find(slug).orElseThrow();
    var event = opening(STREAM, ": hello\n\ndata: " + error + "\n\n", false);
    for (var opening : new Opening[] {opening(JSON, error, true), event}) {
      var mistake = provider.mistake(opening);
      assertThat(mistake.status()).isEqualTo(status);
      assertThat(new String(mistake.document(), StandardCharsets.UTF_8)).isEqualTo(error);
    }
  }

  private String judged(String slug, String type, String body, boolean complete) {
    return catalogue
        .find(slug)
        .orElseThrow()
        .judgeOpening(opening(type, body, complete), Vector.NOW)
        .map(Vector::brief)
        .orElse("fine");
  }

  private static Opening opening(String type, String body, boolean complete) {
    return new Opening(200, type, body.getBytes(StandardCharsets.UTF_8), complete, false);
  }
}
