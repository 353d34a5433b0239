package io.onebalance.cli.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Changes a text in TOML line by line, so that comments and order stay: some values before the
/// first table, and one table as a whole.
final class TomlText {
  private static final Pattern MULTI_LINE = Pattern.compile("\"\"\"|'''");

  private TomlText() {}

  static String edit(
      String text, Map<String, String> top, String table, Map<String, String> values) {
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    split(text, top, table, before, after);
    new TreeMap<>(top).forEach((name, value) -> before.add(line(name, value)));
    trim(after);
    var all = new ArrayList<>(before);
    all.add("");
    all.addAll(after);
    if (!after.isEmpty()) {
      all.add("");
    }
    all.add("[" + table + "]");
    values.forEach((name, value) -> all.add(line(name, value)));
    return String.join("\n", all) + "\n";
  }

  /// What stays: the lines before the first table, and the tables.
  private static void split(
      String text, Map<String, String> top, String table, List<String> before, List<String> after) {
    var atTop = true;
    var ours = false;
    var inText = false;
    for (var line : text.lines().toList()) {
      var isHeader = !inText && line.strip().startsWith("[") && isTable(line);
      if (isHeader) {
        atTop = false;
        ours = line.strip().replaceFirst("\\s*#.*", "").equals("[" + table + "]");
      }
      var replaced = !inText && atTop && top.containsKey(name(line));
      if (!ours && !replaced) {
        (atTop ? before : after).add(line);
      }
      inText ^= MULTI_LINE.matcher(line).results().count() % 2 == 1;
    }
    trim(before);
  }

  /// `[a.b]` and `[[a]]` are headers; a line of an array that was begun before is none.
  private static boolean isTable(String line) {
    return line.strip().matches("\\[\\[?[^\\[\\],]+]?]\\s*(#.*)?");
  }

  private static String name(String line) {
    var equals = line.indexOf('=');
    return equals < 0 ? "" : line.substring(0, equals).strip();
  }

  private static String line(String name, String value) {
    return name + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void trim(List<String> lines) {
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
  }
}
