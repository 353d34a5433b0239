package io.onebalance.dialect.gemini.schema;

import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The schema of Gemini's older fields as JSON Schema: types in lower case, `nullable` as one more
/// type, counts that are texts as numbers.
public final class LegacySchema {
  private static final Set<String> COUNTS =
      Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
  private static final List<String> FOREIGN =
      List.of("nullable", "propertyOrdering", "property_ordering", "example");

  private LegacySchema() {}

  public static JsonNode read(JsonNode schema) {
    if (!schema.isObject()) {
      return schema;
    }
    var camel = Json.object();
    schema.properties().forEach(member -> camel.set(name(member.getKey()), member.getValue()));
    var copy = Schemas.mapped(camel, LegacySchema::read);
    if (copy.path("type").isString()) {
      copy.put("type", copy.path("type").stringValue().toLowerCase(Locale.ROOT));
    }
    if (copy.path("type").asString("").equals("type_unspecified")) {
      copy.remove("type");
    }
    COUNTS.forEach(count -> number(copy, count));
    if (copy.path("nullable").asBoolean(false)) {
      nullable(copy);
    }
    if (copy.path("format").asString("").equals("enum")) {
      copy.remove("format");
    }
    FOREIGN.forEach(copy::remove);
    return copy;
  }

  private static String name(String written) {
    return switch (written) {
      case "any_of" -> "anyOf";
      case "min_items" -> "minItems";
      case "max_items" -> "maxItems";
      case "min_length" -> "minLength";
      case "max_length" -> "maxLength";
      case "min_properties" -> "minProperties";
      case "max_properties" -> "maxProperties";
      // Keywords are an open set, and most have but one spelling.
      default -> written;
    };
  }

  private static void number(ObjectNode schema, String count) {
    var value = schema.path(count);
    if (value.isString() && value.stringValue().matches("\\d{1,18}")) {
      schema.put(count, Long.parseLong(value.stringValue()));
    }
  }

  private static void nullable(ObjectNode schema) {
    if (schema.path("type").isString()) {
      var type = schema.path("type").stringValue();
      schema.putArray("type").add(type).add("null");
      if (schema.path("enum").isArray()) {
        schema.withArray("enum").addNull();
      }
    } else if (schema.path("anyOf").isArray()) {
      schema.withArray("anyOf").add(Json.object().put("type", "null"));
    }
  }
}
