package io.onebalance.dialect.anthropic.asking;

import io.onebalance.dialect.json.Json;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON schema as `output_config.format` takes it: every object is closed, there are no bounds
/// and no recursion, and all else is a 400, as [Anthropic
/// says](https://platform.claude.com/docs/en/build-with-claude/structured-outputs). What is left
/// out is told, and said in the description as Anthropic's own clients do, where the model reads
/// it. Confined to one thread.
final class AnswerSchema {
  private static final int DEEPEST = 32;
  private static final String REFERENCE = "$ref";
  private static final String CLOSED = "additionalProperties";
  private static final String DESCRIPTION = "description";
  private static final String PROPERTIES = "properties";

  private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

  /// What limits nothing.
  private static final Set<String> ANNOTATIONS = Set.of(DESCRIPTION, "title", "default");

  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean", "null");

  private static final Set<String> FORMATS =
      Set.of(
          "date-time",
          "time",
          "date",
          "duration",
          "email",
          "hostname",
          "uri",
          "ipv4",
          "ipv6",
          "uuid");

  /// What limits answers elsewhere. Any other unknown keyword says nothing to anybody.
  private static final Set<String> LIMITS =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minItems",
          "maxItems",
          "uniqueItems",
          "contains",
          "minContains",
          "maxContains",
          "prefixItems",
          "minProperties",
          "maxProperties",
          "patternProperties",
          "propertyNames",
          "dependentRequired",
          "dependentSchemas",
          "dependencies",
          "not",
          "if",
          "then",
          "else",
          "nullable",
          "enum",
          "const");

  private final Set<String> dropped = new LinkedHashSet<>();
  private boolean fits = true;

  private AnswerSchema() {}

  /// Empty where the schema cannot be kept even so: it is recursive, refers to elsewhere, joins
  /// schemas by `allOf`, or leaves a place open to anything or an object to any names, of which
  /// only `{}` would remain.
  static Optional<ObjectNode> of(JsonNode schema, Set<String> dropped) {
    var writer = new AnswerSchema();
    var written = writer.schema(schema, 0);
    if (!writer.fits || !Loops.areNoneIn(written)) {
      return Optional.empty();
    }
    dropped.addAll(writer.dropped);
    return Optional.of(written);
  }

  private ObjectNode schema(JsonNode given, int depth) {
    var copy = Json.object();
    if (!(given instanceof ObjectNode own) || depth > DEEPEST) {
      fits = false;
      return copy;
    }
    var schema = unwrapped(own);
    var left = Json.object();
    for (var member : schema.properties()) {
      var keyword = member.getKey();
      var value = member.getValue();
      if (isTaken(keyword, value)) {
        copy.set(keyword.equals("oneOf") ? "anyOf" : keyword, taken(keyword, value, depth + 1));
      } else if (LIMITS.contains(keyword)) {
        left.set(keyword, value);
      }
    }
    fits &= !schema.has("allOf") && !(schema.has("anyOf") && schema.has("oneOf"));
    if (copy.has(REFERENCE)) {
      return reference(copy, left);
    }
    typed(copy);
    object(copy, schema.path(CLOSED));
    array(copy);
    remark(copy, left);
    return copy;
  }

  /// An `allOf` of one says what that one says, where they do not contradict each other.
  private static ObjectNode unwrapped(ObjectNode schema) {
    var all = schema.path("allOf");
    if (all.size() != 1 || !(all.get(0) instanceof ObjectNode only)) {
      return schema;
    }
    var joined = Json.object().setAll(schema);
    joined.remove("allOf");
    for (var member : only.properties()) {
      var keyword = member.getKey();
      if (!joined.has(keyword)) {
        joined.set(keyword, member.getValue());
      } else if (!ANNOTATIONS.contains(keyword)
          && !joined.path(keyword).equals(member.getValue())) {
        return schema;
      }
    }
    return joined;
  }

  private static boolean isTaken(String keyword, JsonNode value) {
    return switch (keyword) {
      case "type", PROPERTIES, "required", "items", "anyOf", "oneOf", REFERENCE -> true;
      case "enum" ->
          value.isArray()
              && !value.isEmpty()
              && value.valueStream().allMatch(JsonNode::isValueNode);
      case "const" -> value.isValueNode();
      case "format" -> FORMATS.contains(value.asString(""));
      case "minItems" -> value.isIntegralNumber() && Set.of("0", "1").contains(value.asString());
      // Schemas may have any member.
      default -> ANNOTATIONS.contains(keyword) || DEFINITIONS.contains(keyword);
    };
  }

  private JsonNode taken(String keyword, JsonNode value, int depth) {
    return switch (keyword) {
      case "items" -> schema(value, depth);
      case PROPERTIES, "$defs", "definitions" -> named(value, depth);
      case "anyOf", "oneOf" -> listed(value, depth);
      // All others hold no schemas.
      default -> value;
    };
  }

  private ObjectNode named(JsonNode schemas, int depth) {
    fits &= schemas.isObject();
    var named = Json.object();
    schemas
        .properties()
        .forEach(member -> named.set(member.getKey(), schema(member.getValue(), depth)));
    return named;
  }

  private ArrayNode listed(JsonNode schemas, int depth) {
    fits &= schemas.isArray() && !schemas.isEmpty();
    var list = Json.array();
    schemas.values().forEach(schema -> list.add(schema(schema, depth)));
    return list;
  }

  /// Nothing may stand beside a reference but what others refer to.
  private ObjectNode reference(ObjectNode copy, ObjectNode left) {
    var alone = Json.object();
    for (var member : copy.properties()) {
      var keyword = member.getKey();
      if (keyword.equals(REFERENCE) || DEFINITIONS.contains(keyword)) {
        alone.set(keyword, member.getValue());
      } else if (ANNOTATIONS.contains(keyword)) {
        tell(keyword);
      } else {
        fits &= keyword.equals("type");
      }
    }
    left.propertyNames().forEach(this::tell);
    return alone;
  }

  /// A type has to be told, but not beside choices.
  private void typed(ObjectNode copy) {
    if (copy.has("anyOf")) {
      copy.remove("type");
      fits &=
          Set.of(PROPERTIES, "required", "items", "enum", "const").stream().noneMatch(copy::has);
    } else if (copy.has("type")) {
      var types = copy.path("type");
      fits &=
          types.isArray()
              ? !types.isEmpty() && types.valueStream().allMatch(AnswerSchema::isType)
              : isType(types);
    } else if (copy.has(PROPERTIES)) {
      copy.put("type", "object");
    } else if (copy.has("items")) {
      copy.put("type", "array");
    } else {
      fits &= copy.has("enum") || copy.has("const");
    }
  }

  private static boolean isType(JsonNode type) {
    return TYPES.contains(type.asString(""));
  }

  private static boolean is(String wanted, ObjectNode copy) {
    var type = copy.path("type");
    return type.isArray()
        ? type.valueStream().anyMatch(each -> each.asString("").equals(wanted))
        : type.asString("").equals(wanted);
  }

  /// Closes an object. What it must have is among what it may have.
  private void object(ObjectNode copy, JsonNode others) {
    if (!is("object", copy)) {
      copy.remove(Set.of(PROPERTIES, "required"));
      return;
    }
    var closed = others.isBoolean() && !others.booleanValue();
    if (!closed && !others.isMissingNode()) {
      tell(CLOSED);
    }
    var names = copy.withObjectProperty(PROPERTIES);
    fits &= closed || !names.isEmpty();
    var required = copy.path("required");
    fits &= required.isMissingNode() || required.isArray();
    fits &= required.valueStream().allMatch(name -> names.has(name.asString("")));
    copy.put(CLOSED, false);
  }

  private void array(ObjectNode copy) {
    if (is("array", copy)) {
      fits &= copy.has("items");
    } else {
      copy.remove("items");
    }
  }

  private void remark(ObjectNode copy, ObjectNode left) {
    if (!left.isEmpty()) {
      left.propertyNames().forEach(this::tell);
      var before = copy.path(DESCRIPTION).asString("");
      var remark = "Also holds, as JSON schema: " + Json.text(left);
      copy.put(DESCRIPTION, before.isEmpty() ? remark : before + "\n\n" + remark);
    }
  }

  private void tell(String keyword) {
    dropped.add("response_format." + keyword);
  }
}
