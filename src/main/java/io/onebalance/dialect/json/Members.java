package io.onebalance.dialect.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The members of a JSON object that somebody else wrote. A member that is null counts as absent;
/// one of the wrong kind is a [BadRequest] that names it and what is allowed.
public final class Members {
  private final JsonNode object;
  private final String where;

  private Members(JsonNode object, String where) {
    this.object = object;
    this.where = where;
  }

  /// `where` is how errors name the object, empty for the whole body.
  public static Members of(JsonNode node, String where) {
    if (!node.isObject()) {
      throw new BadRequest(where.isEmpty() ? "body" : where, "must be an object");
    }
    return new Members(node, where);
  }

  public Optional<JsonNode> raw(String name) {
    var value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  public Optional<String> text(String name) {
    return raw(name).map(value -> is(value.isString(), name, value, "a string").stringValue());
  }

  /// A text that must be there.
  public String needed(String name) {
    return text(name).orElseThrow(() -> wrong(name, "is missing"));
  }

  public Optional<Double> number(String name) {
    return raw(name)
        .map(value -> is(value.isNumber(), name, value, "a number").doubleValue())
        .map(value -> {
          if (!Double.isFinite(value)) {
            throw wrong(name, "is beyond all numbers");
          }
          return value;
        });
  }

  public Optional<Integer> integer(String name) {
    return raw(name)
        .map(value ->
            is(value.isNumber() && value.canConvertToInt(), name, value, "a whole number")
                .intValue());
  }

  public Optional<Long> large(String name) {
    return raw(name)
        .map(value ->
            is(value.isNumber() && value.canConvertToLong(), name, value, "a whole number")
                .longValue());
  }

  public Optional<Boolean> flag(String name) {
    return raw(name)
        .map(value -> is(value.isBoolean(), name, value, "true or false").booleanValue());
  }

  public boolean isTrue(String name) {
    return flag(name).orElse(false);
  }

  public Optional<Members> object(String name) {
    return raw(name)
        .map(value -> new Members(is(value.isObject(), name, value, "an object"), path(name)));
  }

  /// The elements of an array; none where it is absent.
  public List<JsonNode> elements(String name) {
    return raw(name)
        .map(value -> List.copyOf(is(value.isArray(), name, value, "an array").values()))
        .orElse(List.of());
  }

  /// The objects of an array; none where it is absent.
  public List<Members> objects(String name) {
    var elements = elements(name);
    if (elements.isEmpty()) {
      return List.of(); // as with most members of most events
    }
    var objects = new ArrayList<Members>(elements.size());
    for (var element : elements) {
      objects.add(of(element, path(name) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  /// A text, or an array of texts; none where it is absent.
  public List<String> texts(String name) {
    if (raw(name).filter(JsonNode::isString).isPresent()) {
      return List.of(needed(name));
    }
    return elements(name).stream()
        .map(value -> is(value.isString(), name, value, "strings").stringValue())
        .toList();
  }

  /// The members that are none of these, as they were written.
  public Map<String, JsonNode> others(Set<String> known) {
    var others = new LinkedHashMap<String, JsonNode>();
    for (var member : object.properties()) {
      if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
        others.put(member.getKey(), member.getValue());
      }
    }
    return others;
  }

  public JsonNode written() {
    return object;
  }

  public String where() {
    return where;
  }

  /// How errors name this member.
  public String path(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  /// This member is not what it should be.
  public BadRequest wrong(String name, String why) {
    return new BadRequest(path(name), why);
  }

  private JsonNode is(boolean right, String name, JsonNode value, String what) {
    if (!right) {
      throw wrong(name, "must be " + what + ", not " + kind(value));
    }
    return value;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "true or false";
      case NUMBER -> "such a number";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case NULL, MISSING -> "null";
    };
  }
}
