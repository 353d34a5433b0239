package io.onebalance.dialect.gemini.schema;

import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes of a JSON schema what Gemini takes. All forms are copies without references, at most 32
/// deep; a keyword in the place of a property's name stays.
public final class SchemaReducer {
  /// What stands beside a schema and not in it, or is done with when references are inlined.
  private static final Set<String> AROUND =
      Set.of("$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "strict");

  /// What `responseJsonSchema` knows, as [Google
  /// says](https://ai.google.dev/api/generate-content#generationconfig).
  private static final Set<String> OF_ANSWERS =
      Set.of(
          "type",
          "format",
          "title",
          "description",
          "enum",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "anyOf",
          "oneOf",
          "properties",
          "additionalProperties",
          "required",
          "propertyOrdering");

  private SchemaReducer() {}

  /// For `parametersJsonSchema`, which takes nearly all of JSON Schema.
  public static ObjectNode ofParameters(JsonNode schema) {
    return root(cleaned(Inlined.of(schema), own -> own.remove(AROUND)));
  }

  /// For `responseJsonSchema`, which takes less.
  public static ObjectNode ofAnswer(JsonNode schema) {
    return root(cleaned(Inlined.of(schema), SchemaReducer::forAnswers));
  }

  /// For `parameters` and `responseSchema`: a subset of OpenAPI, in which one unknown keyword
  /// rejects the whole request.
  public static ObjectNode legacy(JsonNode schema) {
    return root(Reduced.of(Inlined.of(schema)));
  }

  /// Whether there is anything to fill in: a function without parameters is declared without a
  /// schema.
  public static boolean asksNothing(JsonNode schema) {
    return schema.path("properties").isEmpty() && Inlined.of(schema).path("properties").isEmpty();
  }

  private static JsonNode cleaned(JsonNode schema, Consumer<ObjectNode> rest) {
    if (!schema.isObject()) {
      return schema.asBoolean(true) ? Schemas.any() : MissingNode.getInstance();
    }
    var copy = Schemas.mapped((ObjectNode) schema, child -> cleaned(child, rest));
    Enums.ofConst(copy);
    rest.accept(copy);
    return copy;
  }

  private static void forAnswers(ObjectNode schema) {
    Enums.plain(schema);
    schema.properties().removeIf(member -> !OF_ANSWERS.contains(member.getKey()));
  }

  private static ObjectNode root(JsonNode schema) {
    return schema.isObject() ? (ObjectNode) schema : Schemas.anyObject();
  }
}
