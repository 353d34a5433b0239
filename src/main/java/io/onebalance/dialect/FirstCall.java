package io.onebalance.dialect;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Reply;
import io.onebalance.sse.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// An answer of which only the first call is told, for a client that takes one at a time. It never
/// hears of the others, so the conversation that it sends back is consistent.
public final class FirstCall {
  private FirstCall() {}

  public static Reply reply(Reply reply) {
    return new Reply(reply.choices().stream().map(FirstCall::choice).toList(), reply.usage());
  }

  public static StreamReader stream(StreamReader reader) {
    return new Withholding(reader);
  }

  private static Reply.Choice choice(Reply.Choice choice) {
    var calls = new HashSet<Boolean>();
    return choice.with(
        choice.parts().stream()
            .filter(part -> !(part instanceof Part.ToolCall) || calls.add(true))
            .toList());
  }

  /// Keeps all calls back but the first of each choice.
  private static final class Withholding implements StreamReader {
    private final StreamReader reader;
    private final Map<Integer, Integer> first = new HashMap<>();

    Withholding(StreamReader reader) {
      this.reader = reader;
    }

    @Override
    public List<Delta> read(Event event) {
      return told(reader.read(event));
    }

    @Override
    public List<Delta> end() {
      return told(reader.end());
    }

    private List<Delta> told(List<Delta> deltas) {
      return deltas.stream().filter(this::isTold).toList();
    }

    private boolean isTold(Delta delta) {
      return !(delta instanceof Delta.OfCall call)
          || first.computeIfAbsent(call.choice(), _ -> call.call()) == call.call();
    }
  }
}
