package io.onebalance.dialect.gemini.asked;

import io.onebalance.chat.Part;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/// Reads what a tool answered: the `output` or `error` of its object, or the object itself.
final class ResultReader {
  private ResultReader() {}

  static Part.ToolResult read(Proto result, String id) {
    var response = result.raw("response").orElseGet(Json::object);
    var error = response.size() == 1 && response.has("error");
    var content = new ArrayList<Part>();
    content.add(Part.Text.of(text(response)));
    result.objects("parts").forEach(part -> ContentsReader.media(part).ifPresent(content::add));
    return new Part.ToolResult(id, content, error);
  }

  private static String text(JsonNode response) {
    for (var name : new String[] {"output", "error"}) {
      if (response.size() == 1 && response.has(name)) {
        return plain(response.get(name));
      }
    }
    return response.isEmpty() ? "" : plain(response);
  }

  private static String plain(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.text(value);
  }
}
