package io.onebalance.dialect.responses.answer.growing;

import io.onebalance.dialect.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A reasoning item while it grows. What was thought stands in its summary, the one place where
/// every client of this dialect looks. Confined to one thread.
public final class GrowingThought {
  private final Output.Place place;
  private final StringBuilder thought = new StringBuilder();

  public GrowingThought(Output output) {
    place = output.next("rs");
    place.added(item(Json.array()));
  }

  public void think(String piece) {
    if (thought.isEmpty() && !piece.isEmpty()) {
      place.tell("reasoning_summary_part.added", at().set("part", part()));
    }
    if (!piece.isEmpty()) {
      thought.append(piece);
      place.tell("reasoning_summary_text.delta", at().put("delta", piece));
    }
  }

  public void close(Optional<String> encrypted) {
    var summary = Json.array();
    if (!thought.isEmpty()) {
      place.tell("reasoning_summary_text.done", at().put("text", thought.toString()));
      place.tell("reasoning_summary_part.done", at().set("part", part()));
      summary.add(part());
    }
    var item = item(summary);
    encrypted.ifPresent(value -> item.put("encrypted_content", value));
    place.done(item);
  }

  private ObjectNode part() {
    return Json.object().put("type", "summary_text").put("text", thought.toString());
  }

  private static ObjectNode at() {
    return Json.object().put("summary_index", 0);
  }

  private static ObjectNode item(ArrayNode summary) {
    return Json.object().put("id", "").put("type", "reasoning").set("summary", summary);
  }
}
