package io.onebalance.dialect;

import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// How two trees differ, a line for each place. Numbers are equal by value. Where a fixture says
/// `<any>` there must be something, and where it says `<maybe>` there may be.
final class Differences {
  private static final String ANY = "<any>";
  private static final String MAYBE = "<maybe>";
  private static final int LONGEST = 300;

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(JsonNode expected, JsonNode actual) {
    var differences = new Differences();
    differences.compare("$", expected, actual);
    return List.copyOf(differences.found);
  }

  private void compare(String path, JsonNode expected, JsonNode actual) {
    if (is(expected, ANY) || is(expected, MAYBE)) {
      return;
    }
    if (expected.isObject() && actual.isObject()) {
      objects(path, expected, actual);
    } else if (expected.isArray() && actual.isArray()) {
      arrays(path, expected, actual);
    } else if (!same(expected, actual)) {
      found.add(path + ": expected " + shown(expected) + ", was " + shown(actual));
    }
  }

  private void objects(String path, JsonNode expected, JsonNode actual) {
    var names = new TreeSet<>(expected.propertyNames());
    names.addAll(actual.propertyNames());
    for (var name : names) {
      var here = path + "." + name;
      if (!expected.has(name)) {
        found.add(here + ": unexpected, " + shown(actual.get(name)));
      } else if (actual.has(name)) {
        compare(here, expected.get(name), actual.get(name));
      } else if (!is(expected.get(name), MAYBE)) {
        found.add(here + ": missing, expected " + shown(expected.get(name)));
      }
    }
  }

  private void arrays(String path, JsonNode expected, JsonNode actual) {
    for (var i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      var here = path + "[" + i + "]";
      if (i >= expected.size()) {
        found.add(here + ": unexpected, " + shown(actual.get(i)));
      } else if (i >= actual.size()) {
        found.add(here + ": missing, expected " + shown(expected.get(i)));
      } else {
        compare(here, expected.get(i), actual.get(i));
      }
    }
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    return (expected.isNumber() && actual.isNumber())
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }

  private static boolean is(JsonNode node, String word) {
    return node.isString() && node.stringValue().equals(word);
  }

  private static String shown(JsonNode node) {
    var text = Json.text(node);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
