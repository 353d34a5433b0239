package io.onebalance.dialect.gemini.schema;

import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.References;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A schema whose references are replaced by what they refer to, and whose `allOf` are merged. A
/// reference into itself, one that leads nowhere, and what is too deep or too much become any
/// object. Confined to one thread.
final class Inlined {
  private static final int DEEPEST = 32;
  private static final int MOST = 20_000;

  /// So many characters of a text weigh as much as a schema.
  private static final int TEXT = 64;

  /// What only references lead to.
  private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

  /// What a reference may override of what it refers to.
  private static final Set<String> ANNOTATIONS = Set.of("description", "default", "title");

  private final JsonNode root;
  private final Set<String> open = new HashSet<>();
  private int seen;

  private Inlined(JsonNode root) {
    this.root = root;
  }

  static JsonNode of(JsonNode root) {
    return new Inlined(root).schema(root, 0);
  }

  private JsonNode schema(JsonNode schema, int depth) {
    if (!schema.isObject()) {
      return schema;
    }
    seen += weight(schema);
    if (depth > DEEPEST || seen > MOST) {
      return Schemas.anyObject();
    }
    var own = (ObjectNode) schema;
    return schema.path("$ref").isString() ? referred(own, depth) : inside(own, depth);
  }

  private ObjectNode inside(ObjectNode schema, int depth) {
    var own = Json.object();
    schema.properties().stream()
        .filter(member -> !DEFINITIONS.contains(member.getKey()))
        .forEach(member -> own.set(member.getKey(), member.getValue()));
    var copy = Schemas.mapped(own, child -> schema(child, depth + 1));
    var all = copy.remove("allOf");
    if (all != null && all.isArray()) {
      all.forEach(part -> merge(copy, part));
    }
    return copy;
  }

  private JsonNode referred(ObjectNode schema, int depth) {
    var reference = schema.path("$ref").stringValue();
    var beside = inside(schema, depth);
    beside.remove("$ref");
    var found = References.target(root, reference).filter(_ -> open.add(reference));
    var target = found.map(node -> schema(node, depth + 1)).orElseGet(Schemas::anyObject);
    if (found.isPresent()) {
      open.remove(reference);
    }
    if (!target.isObject()) {
      return target;
    }
    var copy = (ObjectNode) target;
    ANNOTATIONS.stream().filter(beside::has).forEach(copy::remove);
    merge(copy, beside);
    return copy;
  }

  /// How much is copied with each reference to it, besides the schemas in it: values and texts.
  private static int weight(JsonNode schema) {
    return schema
        .propertyStream()
        .filter(member -> !DEFINITIONS.contains(member.getKey()))
        .filter(member -> !Schemas.areIn(member.getKey(), member.getValue()))
        .mapToInt(member -> values(member.getValue()))
        .reduce(1, Math::addExact);
  }

  private static int values(JsonNode value) {
    return value.isContainer()
        ? value.valueStream().mapToInt(Inlined::values).reduce(1, Math::addExact)
        : 1 + value.asString("").length() / TEXT;
  }

  /// Adds what the first does not say yet: where both say something, the first holds, but
  /// properties and what is required are those of both.
  private static void merge(ObjectNode first, JsonNode second) {
    for (var member : second.properties()) {
      var known = first.get(member.getKey());
      if (known == null) {
        first.set(member.getKey(), member.getValue());
      } else if (member.getKey().equals("properties") && known.isObject()) {
        merge((ObjectNode) known, member.getValue());
      } else if (member.getKey().equals("required") && known.isArray()) {
        first.set("required", union(known, member.getValue()));
      }
    }
  }

  private static JsonNode union(JsonNode some, JsonNode others) {
    var all = Json.array();
    some.forEach(all::add);
    for (var other : others) {
      if (all.valueStream().noneMatch(other::equals)) {
        all.add(other);
      }
    }
    return all;
  }
}
