package io.onebalance.dialect;

import io.onebalance.dialect.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The free text of a custom tool, for dialects where all arguments are JSON: the only member of an
/// object, under the name `input`.
public final class FreeText {
  private static final String INPUT = "input";

  private FreeText() {}

  /// The schema of such arguments.
  public static ObjectNode schema() {
    var schema = Json.object().put("type", "object");
    schema.putObject("properties").putObject(INPUT).put("type", "string");
    schema.putArray("required").add(INPUT);
    return schema;
  }

  public static ObjectNode wrapped(String text) {
    return Json.object().put(INPUT, text);
  }

  /// The text in these arguments; the arguments themselves where they are something else.
  public static String unwrapped(String arguments) {
    return Json.read(arguments)
        .flatMap(node -> Optional.ofNullable(node.get(INPUT)))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .orElse(arguments);
  }
}
