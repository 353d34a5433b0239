package io.onebalance.dialect.gemini.schema;

import io.onebalance.dialect.json.Json;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where in a JSON schema other schemas stand.
final class Schemas {
  private static final Set<String> ONE =
      Set.of(
          "items",
          "additionalProperties",
          "contains",
          "not",
          "if",
          "then",
          "else",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> LIST = Set.of("anyOf", "oneOf", "allOf", "prefixItems", "items");
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "dependentSchemas");

  private Schemas() {}

  static ObjectNode any() {
    return Json.object();
  }

  static ObjectNode anyObject() {
    return Json.object().put("type", "object");
  }

  /// A copy with every schema in it changed; one that becomes missing is left out. Booleans count
  /// as schemas in lists and under names.
  static ObjectNode mapped(ObjectNode schema, UnaryOperator<JsonNode> change) {
    var copy = Json.object();
    for (var member : schema.properties()) {
      var keyword = member.getKey();
      var changed = keyword(keyword, member.getValue(), change);
      if (!changed.isMissingNode()) {
        copy.set(keyword, changed);
      }
    }
    return copy;
  }

  /// Adds to a description.
  static void remark(ObjectNode schema, String remark) {
    var before = schema.path("description").asString("");
    schema.put("description", before.isEmpty() ? remark : before + " " + remark);
  }

  /// Whether what stands under this keyword is schemas.
  static boolean areIn(String keyword, JsonNode value) {
    return value.isObject()
        ? NAMED.contains(keyword) || ONE.contains(keyword)
        : value.isArray() && LIST.contains(keyword);
  }

  private static JsonNode keyword(String keyword, JsonNode value, UnaryOperator<JsonNode> change) {
    if (value.isObject() && NAMED.contains(keyword)) {
      return named(value, change);
    }
    if (value.isArray() && LIST.contains(keyword)) {
      return list(value, change);
    }
    return value.isObject() && ONE.contains(keyword) ? change.apply(value) : value.deepCopy();
  }

  private static JsonNode named(JsonNode schemas, UnaryOperator<JsonNode> change) {
    var named = Json.object();
    for (var member : schemas.properties()) {
      var changed = change.apply(member.getValue());
      if (!changed.isMissingNode()) {
        named.set(member.getKey(), changed);
      }
    }
    return named;
  }

  private static JsonNode list(JsonNode schemas, UnaryOperator<JsonNode> change) {
    var list = Json.array();
    for (var schema : schemas) {
      var changed = change.apply(schema);
      if (!changed.isMissingNode()) {
        list.add(changed);
      }
    }
    return list;
  }
}
