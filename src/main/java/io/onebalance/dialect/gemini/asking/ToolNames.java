package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.dialect.json.Hashes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The names of tools as Gemini takes them: a letter or `_`, then letters, digits and `_.:-`, at
/// most 64. What is changed gets its hash, where that is needed to tell two apart. Confined to one
/// thread.
final class ToolNames {
  private static final Pattern TAKEN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]*");
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_.:-]");
  private static final int LONGEST = 64;
  private static final int HASHED = 9;

  private final Map<String, String> written = new HashMap<>();
  private final Map<String, ToolName> taken = new LinkedHashMap<>();

  /// The same for the same tool, wherever it is named.
  String of(ToolName tool) {
    return written.computeIfAbsent(tool.flat(), flat -> take(flat, tool));
  }

  boolean knows(ToolName tool) {
    return written.containsKey(tool.flat());
  }

  /// The tools that the answer must give their own names back.
  Map<String, ToolName> renamed() {
    var renamed = new LinkedHashMap<>(taken);
    renamed.entrySet().removeIf(name -> name.getValue().equals(ToolName.of(name.getKey())));
    return renamed;
  }

  private String take(String flat, ToolName tool) {
    var name = cleaned(flat);
    for (var salt = 0; taken.containsKey(name); salt++) {
      name = hashed(cleaned(flat), flat + salt);
    }
    taken.put(name, tool);
    return name;
  }

  private static String cleaned(String flat) {
    var plain = FOREIGN.matcher(flat).replaceAll("_");
    var begun = TAKEN.matcher(plain).matches() ? plain : "_" + plain;
    return begun.length() > LONGEST ? hashed(begun, flat) : begun;
  }

  private static String hashed(String name, String of) {
    var start = name.substring(0, Math.min(name.length(), LONGEST - HASHED));
    return start + "_" + Hashes.brief(of);
  }
}
