package io.onebalance.dialect.gemini.schema;

import io.onebalance.dialect.json.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// A schema in the subset of OpenAPI that Gemini's older fields take.
final class Reduced {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "format",
          "title",
          "description",
          "nullable",
          "enum",
          "items",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "minimum",
          "maximum",
          "pattern",
          "properties",
          "required",
          "propertyOrdering",
          "anyOf",
          "default",
          "example");

  private static final Map<String, Set<String>> FORMATS =
      Map.of(
          "string", Set.of("date-time", "enum"),
          "integer", Set.of("int32", "int64"),
          "number", Set.of("float", "double"));

  private Reduced() {}

  static JsonNode of(JsonNode schema) {
    if (!schema.isObject()) {
      return schema.asBoolean(true)
          ? Json.object().put("type", "string")
          : MissingNode.getInstance();
    }
    var copy = Schemas.mapped(Unions.withoutNull((ObjectNode) schema), Reduced::of);
    constant(copy);
    Unions.reduce(copy);
    Enums.textsOnly(copy);
    type(copy);
    Bounds.reduce(copy);
    format(copy);
    items(copy);
    properties(copy);
    copy.properties().removeIf(member -> !KNOWN.contains(member.getKey()));
    return copy;
  }

  /// A number is no `enum` here, so it is a remark like all but texts.
  private static void constant(ObjectNode schema) {
    var value = schema.path("const");
    if (value.isNumber()) {
      schema.remove("const");
      Schemas.remark(schema, "Must be " + Json.text(value) + ".");
      if (!schema.has("type")) {
        schema.put("type", value.isIntegralNumber() ? "integer" : "number");
      }
    } else if (value.isBoolean() && !schema.has("type")) {
      schema.put("type", "boolean");
    }
    Enums.ofConst(schema);
  }

  /// One has to be told, but not beside `anyOf`.
  private static void type(ObjectNode schema) {
    if (schema.has("anyOf")) {
      schema.remove("type");
    } else if (!schema.path("type").isString()) {
      schema.put("type", told(schema));
    }
  }

  private static String told(ObjectNode schema) {
    if (schema.has("properties") || schema.has("patternProperties")) {
      return "object";
    }
    return schema.has("items") || schema.has("prefixItems") ? "array" : "string";
  }

  private static void format(ObjectNode schema) {
    var known = FORMATS.getOrDefault(schema.path("type").asString(""), Set.of());
    if (!known.contains(schema.path("format").asString(""))) {
      schema.remove("format");
    }
  }

  private static void items(ObjectNode schema) {
    if (!schema.path("type").asString("").equals("array")) {
      schema.remove("items");
      return;
    }
    var each =
        schema.path("prefixItems").isArray() ? schema.path("prefixItems") : schema.path("items");
    if (each.isArray() && each.size() > 1) {
      schema.set("items", Json.object().set("anyOf", each));
    } else if (each.isArray() && each.size() == 1) {
      schema.set("items", each.get(0));
    } else if (!each.isObject()) {
      schema.set("items", Json.object().put("type", "string"));
    }
  }

  private static void properties(ObjectNode schema) {
    var properties = schema.path("properties");
    if (properties.isEmpty()) {
      schema.remove("properties");
    }
    if (schema.remove("required") instanceof ArrayNode required) {
      var known = Json.array();
      required
          .valueStream()
          .filter(name -> name.isString() && properties.has(name.stringValue()))
          .forEach(known::add);
      if (!known.isEmpty()) {
        schema.set("required", known);
      }
    }
  }
}
