package io.onebalance.dialect.anthropic.asking;

import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas as this dialect takes them.
final class Schemas {
  private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf");

  private Schemas() {}

  /// The schema of a tool's arguments: an object, and no choice between several. Where it is one,
  /// the properties of all are offered and none is required.
  static ObjectNode root(Optional<JsonNode> parameters) {
    if (!(parameters.orElse(null) instanceof ObjectNode given)) {
      return Json.object().put("type", "object");
    }
    if (given.path("type").asString("").equals("object")
        && CHOICES.stream().noneMatch(given::has)) {
      return given;
    }
    var root = given.deepCopy().put("type", "object");
    for (var choice : CHOICES) {
      var variants = root.remove(choice);
      if (variants != null && !variants.isEmpty()) {
        var properties = root.withObjectProperty("properties");
        variants
            .valueStream()
            .flatMap(variant -> variant.path("properties").propertyStream())
            .filter(property -> !properties.has(property.getKey()))
            .forEach(property -> properties.set(property.getKey(), property.getValue()));
      }
    }
    return root;
  }
}
