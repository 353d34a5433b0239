package io.onebalance.dialect.history;

import io.onebalance.chat.Part;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.json.JsonEnd;
import io.onebalance.sse.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An answer whose calls have the names that the client gave its tools, where the provider knows
/// them by others ([Outgoing#renamed]). A custom tool that the provider took for a function has its
/// free text back.
public final class Restored {
  private Restored() {}

  public static Reply reply(Reply reply, Map<String, ToolName> renamed) {
    return renamed.isEmpty()
        ? reply
        : new Reply(
            reply.choices().stream().map(choice -> choice(choice, renamed)).toList(),
            reply.usage());
  }

  public static StreamReader stream(StreamReader reader, Map<String, ToolName> renamed) {
    return renamed.isEmpty() ? reader : new Restoring(reader, renamed);
  }

  private static Reply.Choice choice(Reply.Choice choice, Map<String, ToolName> renamed) {
    return choice.with(choice.parts().stream().map(part -> part(part, renamed)).toList());
  }

  private static Part part(Part part, Map<String, ToolName> renamed) {
    if (!(part instanceof Part.ToolCall(var tool, var id, var arguments, var signature))) {
      return part;
    }
    var own = named(tool, renamed);
    var said = wasWrapped(tool, own) ? FreeText.unwrapped(arguments) : arguments;
    return new Part.ToolCall(own, id, said, signature);
  }

  private static ToolName named(ToolName tool, Map<String, ToolName> renamed) {
    return renamed.getOrDefault(tool.flat(), tool);
  }

  private static boolean wasWrapped(ToolName asTold, ToolName own) {
    return own.custom() && !asTold.custom();
  }

  private record Place(int choice, int call) {}

  /// The arguments of a custom tool so far.
  private record Wrapped(StringBuilder text, JsonEnd end) {}

  /// Only the arguments of a wrapped custom tool are held back, until their object is complete.
  private static final class Restoring implements StreamReader {
    private final StreamReader reader;
    private final Map<String, ToolName> renamed;
    private final Map<Place, Wrapped> waiting = new HashMap<>();

    Restoring(StreamReader reader, Map<String, ToolName> renamed) {
      this.reader = reader;
      this.renamed = renamed;
    }

    @Override
    public List<Delta> read(Event event) {
      return reader.read(event).stream().flatMap(this::restored).toList();
    }

    @Override
    public List<Delta> end() {
      return reader.end().stream().flatMap(this::restored).toList();
    }

    private Stream<Delta> restored(Delta delta) {
      return switch (delta) {
        case Delta.CallOpened opened -> Stream.of(opened(opened));
        case Delta.CallPiece piece -> piece(piece);
        case Delta.Finished finished ->
            Stream.concat(incomplete(finished.choice()), Stream.of(finished));
        case Delta.Text _,
            Delta.Thinking _,
            Delta.Signed _,
            Delta.Redacted _,
            Delta.Shown _,
            Delta.Refused _,
            Delta.Logprobs _,
            Delta.Cited _,
            Delta.Used _,
            Delta.Failed _ ->
            Stream.of(delta);
      };
    }

    private Delta opened(Delta.CallOpened call) {
      var own = named(call.tool(), renamed);
      if (wasWrapped(call.tool(), own)) {
        waiting.put(
            new Place(call.choice(), call.call()), new Wrapped(new StringBuilder(), new JsonEnd()));
      }
      return new Delta.CallOpened(call.choice(), call.call(), own, call.id(), call.signature());
    }

    private Stream<Delta> piece(Delta.CallPiece piece) {
      var place = new Place(piece.choice(), piece.call());
      var wrapped = waiting.get(place);
      if (wrapped == null) {
        return Stream.of(piece);
      }
      wrapped.text().append(piece.arguments());
      return wrapped.end().after(piece.arguments()) ? Stream.of(told(place)) : Stream.empty();
    }

    private Stream<Delta> incomplete(int choice) {
      var places = waiting.keySet().stream().filter(place -> place.choice() == choice).toList();
      return places.stream().map(this::told);
    }

    private Delta told(Place place) {
      var wrapped = waiting.remove(place);
      var text = wrapped == null ? "" : FreeText.unwrapped(wrapped.text().toString());
      return new Delta.CallPiece(place.choice(), place.call(), text);
    }
  }
}
