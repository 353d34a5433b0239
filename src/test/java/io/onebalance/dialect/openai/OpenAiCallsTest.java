package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.Heard.ID;
import static io.onebalance.dialect.openai.Heard.delta;
import static io.onebalance.dialect.openai.Heard.envelope;
import static io.onebalance.dialect.openai.Heard.finish;
import static io.onebalance.dialect.openai.Heard.gathered;
import static io.onebalance.dialect.openai.Heard.heard;
import static io.onebalance.dialect.openai.Heard.read;
import static io.onebalance.dialect.openai.Heard.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Part;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.sse.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls of tools in answers, and what clients hear of them.
class OpenAiCallsTest {
  /// Calls are told apart by index, by id, or by nothing; names may be late and ids missing.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]|[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]|[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":1}\"}}]|f:a:{\"x\":1}"
            + " g:b:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]|[]|f:a:{}"
            + " g:b:{}",
        "[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]|[{\"function\":{\"arguments\":\"}\"}}]|[{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]|f:a:{}"
            + " g:b:{}",
        "[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|[]|f:call_r-1_0_0:{}"
            + " f:call_r-1_0_1:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\"}}]|[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]|[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]|f:a:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]|[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}]|[]|f:a:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}]|[]|[]|f:a:{\"x\":1}",
      })
  void calls_are_told_apart(String first, String second, String third, String calls) {
    var deltas =
        heard(
            true,
            delta("{\"tool_calls\":" + first + "}"),
            delta("{\"tool_calls\":" + second + "}"),
            delta("{\"tool_calls\":" + third + "}"));
    var parts = gathered(deltas).choices().getFirst().parts();
    assertThat(parts.stream().map(Part.ToolCall.class::cast).map(OpenAiCallsTest::shown).toList())
        .containsExactly(calls.split(" "));
  }

  private static String shown(Part.ToolCall call) {
    return call.tool().name() + ":" + call.id() + ":" + call.arguments();
  }

  @Test
  void a_call_without_arguments_has_an_empty_object_once() {
    var deltas =
        List.of(
            new Delta.CallOpened(0, 0, ToolName.of("f"), "a", Optional.empty()),
            new Delta.CallOpened(0, 1, ToolName.of("g"), "b", Optional.empty()),
            new Delta.CallPiece(0, 0, "{\"x\":1}"),
            (Delta) new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()));
    var told = gathered(heard(told(deltas, "")));
    assertThat(told.choices().getFirst().parts().stream().map(Part.ToolCall.class::cast))
        .extracting(Part.ToolCall::arguments)
        .containsExactly("{\"x\":1}", "{}");
  }

  @Test
  void legacy_clients_hear_of_one_function_call() {
    var legacy = ",\"functions\":[{\"name\":\"f\"}]";
    var message =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
            + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}";
    var answer = new OpenAiClient().write(read(message, "\"tool_calls\""), envelope(legacy));
    assertThat(answer.at("/choices/0/message/function_call/name").stringValue()).isEqualTo("f");
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("function_call");
    var stream = told(heard(true, delta(message), finish("tool_calls")), legacy);
    assertThat(stream).contains("\"function_call\":{\"name\":\"f\"").doesNotContain("tool_calls");
    assertThat(stream).contains("\"finish_reason\":\"function_call\"").doesNotContain("\"g\"");
  }

  @Test
  void a_call_whose_name_never_comes_is_not_waited_for() {
    var piece =
        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]}"
            .formatted("x".repeat(1 << 18));
    var reader = new OpenAiProvider().stream(ID);
    var events = new Events(1 << 20);
    var deltas = new ArrayList<Delta>();
    for (var i = 0; i < 5; i++) {
      events
          .feed(("data: {\"choices\":[" + delta(piece) + "]}\n\n").getBytes(UTF_8))
          .forEach(event -> deltas.addAll(reader.read(event)));
    }
    assertThat(deltas).singleElement().isInstanceOf(Delta.Failed.class);
  }
}
