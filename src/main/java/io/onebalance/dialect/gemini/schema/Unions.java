package io.onebalance.dialect.gemini.schema;

import io.onebalance.dialect.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Several types of one value, as far as Gemini's older fields know them: `nullable`, and `anyOf`.
final class Unions {
  private Unions() {}

  /// A copy in which `null` is no alternative.
  static ObjectNode withoutNull(ObjectNode schema) {
    var copy = schema.deepCopy();
    for (var keyword : List.of("anyOf", "oneOf")) {
      if (copy.get(keyword) instanceof ArrayNode all) {
        var others = all.valueStream().filter(one -> !isNull(one.path("type"))).toList();
        copy.set(keyword, Json.array().addAll(others));
        if (others.size() < all.size()) {
          copy.put("nullable", true);
        }
      }
    }
    return copy;
  }

  static void reduce(ObjectNode schema) {
    types(schema);
    if (schema.remove("oneOf") instanceof ArrayNode one && !schema.has("anyOf")) {
      schema.set("anyOf", one);
    }
    if (schema.get("anyOf") instanceof ArrayNode any) {
      alternatives(schema, any);
    }
    if (schema.path("type").asString("").equals("null")) {
      schema.put("type", "string");
      schema.put("nullable", true);
    }
  }

  private static void types(ObjectNode schema) {
    if (!(schema.get("type") instanceof ArrayNode types)) {
      return;
    }
    var others = types.valueStream().filter(type -> !isNull(type)).toList();
    if (others.size() < types.size()) {
      schema.put("nullable", true);
    }
    schema.remove("type");
    if (others.size() == 1) {
      schema.set("type", others.getFirst());
    } else if (!others.isEmpty() && !schema.has("anyOf")) {
      var any = schema.putArray("anyOf");
      others.forEach(type -> any.add(Reduced.of(Json.object().set("type", type))));
    }
  }

  private static boolean isNull(JsonNode type) {
    return type.asString("").equals("null");
  }

  /// One alternative alone is the schema itself.
  private static void alternatives(ObjectNode schema, ArrayNode any) {
    if (any.size() > 1) {
      return;
    }
    schema.remove("anyOf");
    any.forEach(only ->
        only.properties()
            .forEach(member -> schema.putIfAbsent(member.getKey(), member.getValue())));
  }
}
