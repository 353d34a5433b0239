package io.onebalance.dialect.gemini.schema;

import io.onebalance.dialect.json.Json;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Values that are named one by one.
final class Enums {
  private Enums() {}

  /// `const` as an `enum` of one, where it is a text or a number; else as a remark.
  static void ofConst(ObjectNode schema) {
    var value = schema.remove("const");
    if (value == null) {
      return;
    }
    if (value.isString() || value.isNumber()) {
      schema.putArray("enum").add(value);
    } else if (!value.isNull()) {
      Schemas.remark(schema, "Must be " + Json.text(value) + ".");
    } else if (!schema.has("type")) {
      schema.put("type", "null");
    }
  }

  /// Leaves texts and numbers.
  static void plain(ObjectNode schema) {
    if (!schema.path("enum").isArray()) {
      schema.remove("enum");
      return;
    }
    var kept = Json.array();
    schema
        .get("enum")
        .valueStream()
        .filter(value -> value.isString() || value.isNumber())
        .forEach(kept::add);
    put(schema, kept);
  }

  /// Leaves texts: null makes it nullable, and where there are numbers the values are a remark.
  static void textsOnly(ObjectNode schema) {
    var values = schema.remove("enum");
    if (values == null || !values.isArray()) {
      return;
    }
    if (values.valueStream().anyMatch(JsonNode::isNull)) {
      schema.put("nullable", true);
    }
    var told = values.valueStream().filter(value -> !value.isNull()).toList();
    if (told.stream().allMatch(JsonNode::isString)) {
      var kept = Json.array();
      told.stream().filter(value -> !value.stringValue().isEmpty()).forEach(kept::add);
      put(schema, kept);
    } else {
      var words = told.stream().map(Json::text).collect(Collectors.joining(", "));
      Schemas.remark(schema, "One of: " + words + ".");
    }
    if (schema.has("enum")) {
      schema.put("type", "string");
    }
  }

  private static void put(ObjectNode schema, JsonNode values) {
    if (values.isEmpty()) {
      schema.remove("enum");
    } else {
      schema.set("enum", values);
    }
  }
}
