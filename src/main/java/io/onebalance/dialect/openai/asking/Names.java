package io.onebalance.dialect.openai.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.dialect.json.Hashes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What the tools of one request are called at the provider: letters, digits, `_` and `-`, 64 of
/// them at most. A tool keeps its name throughout the request; which ones do not have the client's
/// is told, for the way back.
final class Names {
  private static final Pattern FITTING = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int KEPT = 54;

  private final boolean custom;
  private final Map<String, String> given = new HashMap<>();
  private final Map<String, ToolName> owners = new HashMap<>();

  /// `custom` where the provider knows tools with free text.
  Names(boolean custom) {
    this.custom = custom;
  }

  String of(ToolName tool) {
    return given.computeIfAbsent(
        tool.flat(),
        flat -> {
          var fitting = FITTING.matcher(flat).matches() ? flat : fitted(flat);
          var free = owners.containsKey(fitting) ? fitted(flat) : fitting;
          owners.put(free, tool);
          return free;
        });
  }

  /// The tools that the provider knows otherwise than the client, by the provider's names.
  Map<String, ToolName> renamed() {
    var renamed = new HashMap<>(owners);
    renamed
        .entrySet()
        .removeIf(owned ->
            owned.getKey().equals(owned.getValue().name())
                && owned.getValue().space().isEmpty()
                && (custom || !owned.getValue().custom()));
    return renamed;
  }

  private static String fitted(String flat) {
    var plain = flat.replaceAll("[^A-Za-z0-9_-]", "_");
    return plain.substring(0, Math.min(KEPT, plain.length())) + "_" + Hashes.brief(flat);
  }
}
