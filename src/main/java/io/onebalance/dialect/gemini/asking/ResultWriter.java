package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.Part;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a tool answered. Google asks for an object: a JSON object is that as it is, other
/// text its `output` or `error`.
final class ResultWriter {
  private final Addressee to;
  private final MediaWriter media;

  ResultWriter(Addressee to, MediaWriter media) {
    this.to = to;
    this.media = media;
  }

  /// What the tool showed goes to `shown`, for models that take no pictures in results.
  void write(Part.ToolResult result, String name, ArrayNode parts, ArrayNode shown) {
    var written = parts.addObject().putObject("functionResponse");
    if (!to.vertex()) {
      written.put("id", result.callId());
    }
    written.put("name", name).set("response", response(result));
    var pictures = media(result).toList();
    if (pictures.isEmpty()) {
      return;
    }
    if (to.model().showsPicturesInResults()) {
      var inside = written.putArray("parts");
      pictures.forEach(picture -> inside.add(media.part(picture)));
    } else {
      shown.addObject().put("text", "Shown by the tool " + name + ":");
      pictures.forEach(picture -> shown.add(media.part(picture)));
    }
  }

  private static Stream<Part.Media> media(Part.ToolResult result) {
    return result.content().stream()
        .flatMap(part -> part instanceof Part.Media shown ? Stream.of(shown) : Stream.empty());
  }

  private static ObjectNode response(Part.ToolResult result) {
    var text =
        result.content().stream()
            .flatMap(
                part -> part instanceof Part.Text(var said, _) ? Stream.of(said) : Stream.empty())
            .collect(Collectors.joining("\n"));
    if (result.error()) {
      return Json.object().put("error", text);
    }
    return (text.stripLeading().startsWith("{") ? Json.read(text) : Optional.<JsonNode>empty())
        .filter(node -> node.isObject() && !refers(node))
        .map(node -> (ObjectNode) node)
        .orElseGet(() -> Json.object().put("output", text));
  }

  /// Google takes `$ref` for the name of a file, wherever it stands.
  private static boolean refers(JsonNode node) {
    return node.has("$ref") || node.valueStream().anyMatch(ResultWriter::refers);
  }
}
