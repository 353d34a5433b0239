package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.ToolName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The names of tools as this dialect takes them: `^[A-Za-z0-9_-]{1,128}$`. Those that fit stay,
/// the others are made to fit, so that no two become one. Confined to one thread.
final class Names {
  private static final int LONGEST = 128;
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-]");

  private final Map<String, String> written = new HashMap<>();
  private final Distinct given = new Distinct(LONGEST);
  private final Map<String, ToolName> renamed = new LinkedHashMap<>();

  String of(ToolName tool) {
    var name = written.computeIfAbsent(tool.flat(), this::fitted);
    if (!tool.equals(ToolName.of(name))) {
      renamed.put(name, tool);
    }
    return name;
  }

  /// What the client calls the tools that have another name here, by that name.
  Map<String, ToolName> renamed() {
    return renamed;
  }

  private String fitted(String name) {
    return given.of(name.isEmpty() ? "tool" : FOREIGN.matcher(name).replaceAll("_"));
  }
}
