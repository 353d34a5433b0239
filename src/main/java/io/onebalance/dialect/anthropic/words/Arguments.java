package io.onebalance.dialect.anthropic.words;

import io.onebalance.dialect.json.Json;
import java.util.ArrayDeque;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of a call as the object that `input` is. Models leave them empty, put them into a
/// string once more, or are cut off in the middle.
public final class Arguments {
  private Arguments() {}

  /// Empty where nothing can be made of them.
  public static Optional<ObjectNode> object(String arguments) {
    if (arguments.isBlank()) {
      return Optional.of(Json.object());
    }
    return Json.read(arguments)
        .map(node -> node.isString() ? Json.read(node.stringValue()).orElse(node) : node)
        .or(() -> Json.read(closed(arguments)))
        .filter(JsonNode::isObject)
        .map(node -> (ObjectNode) node);
  }

  /// With what was open at the end closed.
  private static String closed(String cut) {
    var open = new ArrayDeque<Character>();
    var inText = false;
    for (var i = 0; i < cut.length(); i++) {
      var c = cut.charAt(i);
      if (inText && c == '\\') {
        i++;
      } else if (c == '"') {
        inText = !inText;
      } else if (!inText && (c == '{' || c == '[')) {
        open.push(c == '{' ? '}' : ']');
      } else if (!inText && (c == '}' || c == ']')) {
        open.poll();
      }
    }
    var closed = new StringBuilder(cut).append(inText ? "\"" : "");
    open.forEach(closed::append);
    return closed.toString();
  }
}
