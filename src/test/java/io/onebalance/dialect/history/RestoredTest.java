package io.onebalance.dialect.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Part;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.StreamReader;
import io.onebalance.sse.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoredTest {
  private static final ToolName SPACED = new ToolName("run", Optional.of("shell"), false);
  private static final ToolName PATCH = new ToolName("patch", Optional.empty(), true);
  private static final Map<String, ToolName> RENAMED = Map.of("shell__run", SPACED, "patch", PATCH);

  private static final List<Delta> TOLD =
      List.of(
          opened(0, "shell__run"),
          new Delta.CallPiece(0, 0, "{\"a\":"),
          opened(1, "patch"),
          new Delta.CallPiece(0, 1, "{\"input\":\"x \\\"}"),
          new Delta.CallPiece(0, 0, "1}"),
          new Delta.CallPiece(0, 1, " y\"}"),
          opened(2, "patch"),
          new Delta.CallPiece(0, 2, "{\"input\":\"cut"),
          opened(3, "other"),
          new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()));

  @Test
  void calls_of_a_stream_get_their_names_and_custom_tools_their_text_back() {
    var reader = Restored.stream(new Scripted(TOLD), RENAMED);
    var told = new ArrayList<Delta>(reader.read(new Event("", "", new byte[0], true, 0)));
    told.addAll(reader.end());
    assertThat(told)
        .containsExactly(
            new Delta.CallOpened(0, 0, SPACED, "id0", Optional.empty()),
            new Delta.CallPiece(0, 0, "{\"a\":"),
            new Delta.CallOpened(0, 1, PATCH, "id1", Optional.empty()),
            new Delta.CallPiece(0, 0, "1}"),
            new Delta.CallPiece(0, 1, "x \"} y"),
            new Delta.CallOpened(0, 2, PATCH, "id2", Optional.empty()),
            opened(3, "other"),
            new Delta.CallPiece(0, 2, "{\"input\":\"cut"),
            new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()));
    assertThat(gathered(told)).isEqualTo(Restored.reply(gathered(TOLD), RENAMED));
  }

  @Test
  void an_answer_without_renamed_tools_is_as_it_was() {
    var reply = gathered(TOLD);
    assertThat(Restored.reply(reply, Map.of())).isSameAs(reply);
  }

  @Test
  void a_tool_that_was_custom_to_the_provider_too_is_not_unwrapped() {
    var call = new Part.ToolCall(PATCH, "id", "{\"input\":\"x\"}", Optional.empty());
    var choice =
        new Reply.Choice(
            List.of(call), FinishReason.TOOL_CALLS, Optional.empty(), Optional.empty());
    var reply = new Reply(List.of(choice), Optional.empty());
    assertThat(Restored.reply(reply, RENAMED)).isEqualTo(reply);
  }

  private static Delta opened(int call, String name) {
    return new Delta.CallOpened(0, call, ToolName.of(name), "id" + call, Optional.empty());
  }

  private static Reply gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    return gathering.reply();
  }

  private record Scripted(List<Delta> deltas) implements StreamReader {
    @Override
    public List<Delta> read(Event event) {
      return deltas;
    }

    @Override
    public List<Delta> end() {
      return List.of();
    }
  }
}
