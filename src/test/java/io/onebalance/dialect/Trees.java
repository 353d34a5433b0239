package io.onebalance.dialect;

import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the shapes of the dialects do alike to trees.
final class Trees {
  private Trees() {}

  /// A copy without members that are null. What stands under an opaque name belongs to somebody
  /// else (a schema, the arguments of a tool) and stays as it is.
  static JsonNode pruned(JsonNode node, Set<String> opaque) {
    return switch (node) {
      case ObjectNode object -> {
        var copy = Json.object();
        for (var member : object.properties()) {
          if (opaque.contains(member.getKey())) {
            copy.set(member.getKey(), member.getValue());
          } else if (!member.getValue().isNull()) {
            copy.set(member.getKey(), pruned(member.getValue(), opaque));
          }
        }
        yield copy;
      }
      case ArrayNode array -> {
        var copy = Json.array();
        array.values().forEach(value -> copy.add(pruned(value, opaque)));
        yield copy;
      }
      default -> node; // a leaf of any kind
    };
  }

  /// The objects of an array under this name; none where it is something else.
  static List<ObjectNode> objects(JsonNode node, String name) {
    return node.path(name).values().stream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /// Removes members for which it makes no difference whether they are there.
  static void dropIf(JsonNode node, String name, Predicate<JsonNode> idle) {
    if (node instanceof ObjectNode object && object.has(name) && idle.test(object.get(name))) {
      object.remove(name);
    }
  }

  static boolean isEmpty(JsonNode node) {
    return node.isContainer() ? node.isEmpty() : node.isString() && node.stringValue().isEmpty();
  }

  static Predicate<JsonNode> says(String word) {
    return node -> node.isString() && node.stringValue().equals(word);
  }

  /// A text in place of an array of one part is that part.
  static void textAsParts(ObjectNode holder, String name, String type) {
    if (holder.path(name).isString()) {
      var text = holder.get(name).stringValue();
      holder.putArray(name).addObject().put("type", type).put("text", text);
    }
  }

  /// JSON that is written as text, as the tree that it means.
  static void parsed(ObjectNode holder, String name) {
    if (holder.path(name).isString()) {
      Json.read(holder.get(name).stringValue())
          .filter(JsonNode::isContainer)
          .ifPresent(tree -> holder.set(name, tree));
    }
  }

  /// Counts that are zero say no more than counts that are not told.
  static JsonNode counts(JsonNode usage) {
    if (!(usage instanceof ObjectNode counted)) {
      return usage;
    }
    var copy = Json.object();
    for (var member : counted.properties()) {
      var value = counts(member.getValue());
      if (!(value.isNumber() && value.intValue() == 0) && !isEmpty(value)) {
        copy.set(member.getKey(), value);
      }
    }
    return copy;
  }

  /// Messages of one role in a row as one, with all their parts.
  static ArrayNode joined(JsonNode messages, Set<String> roles) {
    var joined = Json.array();
    for (var message : messages.values()) {
      var last = joined.isEmpty() ? Json.object() : joined.get(joined.size() - 1);
      if (roles.contains(message.path("role").asString(""))
          && last.path("role").equals(message.path("role"))
          && last.path("content") instanceof ArrayNode before
          && message.path("content") instanceof ArrayNode parts) {
        before.addAll(parts);
      } else {
        joined.add(message);
      }
    }
    return joined;
  }

  /// The texts of a system message as one: whether they are joined by a blank line or parts is the
  /// writer's choice.
  static void oneText(ObjectNode message, String type) {
    var texts = new ArrayList<String>();
    message.path("content").values().forEach(part -> texts.add(part.path("text").asString("")));
    message
        .putArray("content")
        .addObject()
        .put("type", type)
        .put("text", String.join("\n\n", texts));
  }

  /// Ids of calls by the order of their first appearance: only which is which counts.
  static final class CallIds {
    private final Map<String, String> names = new HashMap<>();

    void rename(ObjectNode holder, String member) {
      if (holder.path(member).isString() && !holder.get(member).stringValue().startsWith("<")) {
        var id = holder.get(member).stringValue();
        holder.put(member, names.computeIfAbsent(id, _ -> "call " + (names.size() + 1)));
      }
    }
  }
}
