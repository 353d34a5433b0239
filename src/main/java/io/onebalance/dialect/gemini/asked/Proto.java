package io.onebalance.dialect.gemini.asked;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The members of an object in Google's JSON, whose names are in camel case or in snake case, as
/// its clients like. Asked for in camel case.
record Proto(Members members) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern BAR = Pattern.compile("_([a-z])");

  static Proto of(JsonNode node, String where) {
    return new Proto(Members.of(node, where));
  }

  Optional<JsonNode> raw(String name) {
    return members.raw(written(name));
  }

  Optional<String> text(String name) {
    return members.text(written(name));
  }

  String needed(String name) {
    return members.needed(written(name));
  }

  /// Google takes numbers as texts, too.
  Optional<Double> number(String name) {
    return text(name, NUMBER).map(Double::valueOf).or(() -> members.number(written(name)));
  }

  /// Whole numbers may be written as 40.0.
  Optional<Integer> integer(String name) {
    return number(name)
        .map(value -> {
          if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw wrong(name, "must be a whole number");
          }
          return value.intValue();
        });
  }

  Optional<Long> large(String name) {
    return text(name, WHOLE).map(Long::valueOf).or(() -> members.large(written(name)));
  }

  Optional<Boolean> flag(String name) {
    return members.flag(written(name));
  }

  boolean isTrue(String name) {
    return members.isTrue(written(name));
  }

  Optional<Proto> object(String name) {
    return members.object(written(name)).map(Proto::new);
  }

  /// Google takes one alone for an array of one.
  List<Proto> objects(String name) {
    if (raw(name).filter(JsonNode::isObject).isPresent()) {
      return object(name).stream().toList();
    }
    return members.objects(written(name)).stream().map(Proto::new).toList();
  }

  List<String> texts(String name) {
    return members.texts(written(name));
  }

  /// The members that are none of these, by their names in camel case.
  Map<String, JsonNode> others(Set<String> known) {
    var others = new LinkedHashMap<String, JsonNode>();
    members
        .others(Set.of())
        .forEach((name, value) -> {
          var camel = BAR.matcher(name).replaceAll(bar -> bar.group(1).toUpperCase(Locale.ROOT));
          if (!known.contains(camel)) {
            others.putIfAbsent(camel, value);
          }
        });
    return others;
  }

  BadRequest wrong(String name, String why) {
    return members.wrong(written(name), why);
  }

  private Optional<String> text(String name, Pattern form) {
    return raw(name)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(text -> form.matcher(text).matches());
  }

  private String written(String name) {
    if (members.raw(name).isPresent()) {
      return name;
    }
    var snake = snake(name);
    return members.raw(snake).isPresent() ? snake : name;
  }

  private static String snake(String camel) {
    var snake = new StringBuilder(camel.length() + 4);
    for (var i = 0; i < camel.length(); i++) {
      var c = camel.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c - 'A' + 'a'));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
