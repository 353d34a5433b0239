package io.onebalance.console.json;

import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A JSON object whose fields are known: others are refused by name, and so are wrong types.
public record JsonRecord(JsonNode node) {
  public static JsonRecord of(JsonNode node, Set<String> allowed) {
    if (!node.isObject()) {
      throw Refusal.invalid("a JSON object is expected; its fields: " + Shown.list(allowed));
    }
    for (var name : node.propertyNames()) {
      if (!allowed.contains(name)) {
        throw Refusal.invalid(
            "unknown field '%s'; allowed: %s".formatted(Shown.brief(name), Shown.list(allowed)));
      }
    }
    return new JsonRecord(node);
  }

  public Optional<JsonNode> field(String name) {
    return Optional.ofNullable(node.get(name));
  }

  public Optional<String> text(String name, int longest) {
    return field(name).map(value -> Limits.line(name, string(name, value), longest));
  }

  /// A text field, or an empty text where it is absent.
  public String textOr(String name, int longest) {
    return text(name, longest).orElse("");
  }

  public Optional<Integer> number(String name, int least, int most) {
    return field(name)
        .map(value -> {
          if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw Refusal.invalid(
                "'%s' must be a whole number from %d to %d".formatted(name, least, most));
          }
          return value.intValue();
        });
  }

  public Optional<Boolean> flag(String name) {
    return field(name)
        .map(value -> {
          if (!value.isBoolean()) {
            throw Refusal.invalid("'" + name + "' must be true or false");
          }
          return value.booleanValue();
        });
  }

  public List<String> texts(String name, int most) {
    var list = node.get(name);
    if (list == null || !list.isArray()) {
      throw Refusal.invalid("'" + name + "' must be a list of texts");
    }
    if (list.size() > most) {
      throw Refusal.tooLarge("'%s' has more than %d entries".formatted(name, most));
    }
    var texts = new ArrayList<String>();
    list.values().forEach(value -> texts.add(string(name, value)));
    return List.copyOf(texts);
  }

  private static String string(String name, JsonNode value) {
    if (!value.isString()) {
      throw Refusal.invalid("'" + name + "' must be text");
    }
    return value.stringValue();
  }
}
