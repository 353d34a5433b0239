package io.onebalance.provider.errors.opening;

import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.errors.rule.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The whole JSON documents at the beginning of an answer: the one it is, the elements of the array
/// it is, or the data of its events. What is cut off is left out.
final class Documents {
  private Documents() {}

  static List<JsonNode> in(Opening opening) {
    return opening.isStream()
        ? events(new String(opening.firstBytes(), StandardCharsets.UTF_8), opening.complete())
        : values(opening.firstBytes());
  }

  /// Whether a stream has come to its end: the answer's, or the mark that nothing follows.
  static boolean isOver(Opening opening) {
    return opening.complete()
        || new String(opening.firstBytes(), StandardCharsets.UTF_8)
            .lines()
            .anyMatch(
                line -> line.startsWith("data:") && line.substring(5).strip().equals("[DONE]"));
  }

  private static List<JsonNode> values(byte[] bytes) {
    var found = new ArrayList<JsonNode>();
    try (var parser = Json.MAPPER.createParser(bytes)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          found.add(Json.MAPPER.readTree(parser));
        }
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        found.add(Json.MAPPER.readTree(parser));
      }
    } catch (JacksonException _) {
      return found; // what was whole until here
    }
    return found;
  }

  /// The data of each event that ended; in a complete answer also of the last. Comments and events
  /// that are no JSON (`[DONE]`) are nothing here.
  private static List<JsonNode> events(String text, boolean complete) {
    var found = new ArrayList<JsonNode>();
    var data = new StringBuilder();
    var lines = text.split("\r\n|\n|\r", -1);
    for (var i = 0; i < lines.length; i++) {
      var isLast = i == lines.length - 1;
      if (lines[i].startsWith("data:") && (!isLast || complete)) {
        data.append(lines[i], "data:".length(), lines[i].length()).append('\n');
      }
      if ((lines[i].isEmpty() && !isLast) || (isLast && complete)) {
        add(found, data.toString());
        data.setLength(0);
      }
    }
    return found;
  }

  private static void add(List<JsonNode> found, String data) {
    var document = data.isBlank() ? null : Json.read(data);
    if (document != null && (document.isObject() || document.isArray())) {
      found.add(document);
    }
  }
}
