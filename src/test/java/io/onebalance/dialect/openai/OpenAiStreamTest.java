package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.Heard.delta;
import static io.onebalance.dialect.openai.Heard.envelope;
import static io.onebalance.dialect.openai.Heard.finish;
import static io.onebalance.dialect.openai.Heard.gathered;
import static io.onebalance.dialect.openai.Heard.heard;
import static io.onebalance.dialect.openai.Heard.read;
import static io.onebalance.dialect.openai.Heard.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a streamed answer ends, well or not, and what clients hear of its end.
class OpenAiStreamTest {
  @ParameterizedTest
  @CsvSource({
    "stop, false, STOP, stop",
    "stop, true, TOOL_CALLS, tool_calls",
    "tool_calls, false, STOP, stop",
    "tool_calls, true, TOOL_CALLS, tool_calls",
    "function_call, true, TOOL_CALLS, tool_calls",
    "length, false, LENGTH, length",
    "length, true, LENGTH, length",
    "model_length, false, LENGTH, length",
    "content_filter, false, REFUSED, content_filter",
    "content_filter, true, REFUSED, content_filter",
    "eos, false, STOP, stop",
  })
  void an_answer_ends_as_what_came_allows(
      String told, boolean calls, FinishReason read, String written) {
    var call =
        "[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
    var message = calls ? "{\"tool_calls\":" + call + "}" : "{\"content\":\"so\"}";
    var whole = read(message, "\"" + told + "\"");
    assertThat(whole.choices().getFirst().reason()).isEqualTo(read);
    var deltas = heard(true, delta(message), finish(told));
    assertThat(gathered(deltas)).isEqualTo(whole);
    assertThat(told(deltas, "")).contains("\"finish_reason\":\"" + written + "\"");
    var answer = new OpenAiClient().write(whole, envelope(""));
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo(written);
  }

  @Test
  @DisplayName("D45 calls without a finish are finished, and the end is said once")
  void calls_without_a_finish_are_finished_and_done_is_said_once() {
    var call =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    var deltas = heard(true, delta(call));
    assertThat(deltas.getLast())
        .isEqualTo(new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()));
    assertThat(told(deltas, "").split("\\[DONE]", -1)).hasSize(2);
  }

  @Test
  void a_stream_without_done_is_complete_when_it_was_finished() {
    assertThat(gathered(heard(false, delta("{\"content\":\"so\"}"), finish("stop"))))
        .isEqualTo(read("{\"content\":\"so\"}", "\"stop\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: [DONE]\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"}}]}\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"}}]}\n\ndata: {\"cho",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":7}}]}\n\n",
        "data: <html>\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}\n\n",
        "data: {\"choices\":[{\"finish_reason\":\"error\"}],\"usage\":{\"prompt_tokens\":2}}\n\n",
        "data: {\"error\":{\"message\":\"sk-secret\",\"type\":\"server_error\"}}\n\n"
            + "data: [DONE]\n\n",
      })
  void what_breaks_is_told_without_a_clean_end(String stream) {
    var deltas = heard(stream);
    assertThat(deltas.getLast())
        .isInstanceOfSatisfying(
            Delta.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
              assertThat(failed.failure().message()).doesNotContain("secret");
            });
    assertThat(told(deltas, "")).contains("\"error\":{").doesNotContain("[DONE]");
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit_exceeded, LIMITED",
    "overloaded_error, OVERLOADED",
    "invalid_request_error, INVALID",
    "server_error, BROKEN",
  })
  void an_error_has_its_kind(String type, Failure.Kind kind) {
    var deltas = heard("data: {\"error\":{\"message\":\"x\",\"type\":\"%s\"}}\n\n".formatted(type));
    assertThat(deltas)
        .singleElement()
        .isInstanceOfSatisfying(
            Delta.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
  }

  @Test
  void the_usage_is_a_chunk_of_its_own_where_it_was_asked_for() {
    var stream =
        "data:"
            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n"
            + "data: [DONE]\n\n";
    var deltas = heard(stream);
    assertThat(told(deltas, "")).doesNotContain("usage");
    var asked = told(deltas, ",\"stream_options\":{\"include_usage\":true}");
    assertThat(asked)
        .contains("\"usage\":null")
        .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":3");
    assertThat(asked.indexOf("\"prompt_tokens\"")).isGreaterThan(asked.indexOf("\"stop\""));
  }
}
