package io.onebalance.route.body;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// Writes random JSON objects: odd spaces, escapes, names beyond ASCII, nesting, and often a model.
final class RandomJson {
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t ", "\r\n  "};
  private static final String[] LETTERS = {
    "a",
    "model",
    "ä",
    "😀",
    "\\n",
    "\\\"",
    "\\\\",
    "\\u00e4",
    "\\ud83d\\ude00",
    "/",
    "\\/",
    "{",
    "]",
    ":",
    ",",
    " ",
    "stream",
    "z",
    "0",
    "\u2028"
  };

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  RandomJson(long seed) {
    random = new Random(seed);
  }

  String document() {
    text.append(random.nextInt(20) == 0 ? "\uFEFF" : "");
    var names = new HashSet<String>();
    space();
    text.append('{');
    var members = random.nextInt(8);
    for (var i = 0; i < members; i++) {
      var name = name(names);
      text.append(i == 0 ? "" : ",");
      space();
      text.append(name);
      space();
      text.append(':');
      value(3);
    }
    space();
    text.append('}');
    space();
    return text.toString();
  }

  private String name(Set<String> taken) {
    while (true) {
      var name =
          switch (random.nextInt(5)) {
            case 0 -> "\"model\"";
            case 1 -> "\"stream\"";
            case 2 -> taken.contains("\"model\"") ? "\"x\"" : "\"\\u006dodel\"";
            default -> string();
          };
      var plain = name.replace("\\u006d", "m");
      if (!plain.equalsIgnoreCase("\"model\"") || !taken.contains("\"model\"")) {
        taken.add(plain);
        return name;
      }
    }
  }

  private void value(int depth) {
    space();
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0, 1 -> text.append(string());
      case 2 -> text.append(random.nextInt(1000) - 500).append(random.nextBoolean() ? "" : ".5e3");
      case 3 -> text.append("true");
      case 4 -> text.append(random.nextBoolean() ? "false" : "null");
      case 5 -> text.append(string());
      case 6 -> array(depth);
      default -> object(depth);
    }
    space();
  }

  private void array(int depth) {
    text.append('[');
    var length = random.nextInt(4);
    for (var i = 0; i < length; i++) {
      text.append(i == 0 ? "" : ",");
      value(depth - 1);
    }
    space();
    text.append(']');
  }

  private void object(int depth) {
    text.append('{');
    var length = random.nextInt(4);
    for (var i = 0; i < length; i++) {
      text.append(i == 0 ? "" : ",");
      space();
      text.append(random.nextBoolean() ? "\"model\"" : string());
      space();
      text.append(':');
      value(depth - 1);
    }
    space();
    text.append('}');
  }

  private String string() {
    var letters = new StringBuilder("\"");
    var length = random.nextInt(random.nextInt(10) == 0 ? 40 : 4);
    for (var i = 0; i < length; i++) {
      letters.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return letters.append('"').toString();
  }

  private void space() {
    text.append(SPACES[random.nextInt(SPACES.length)]);
  }
}
