package io.onebalance.dialect.responses.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.dialect.json.Hashes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Names of tools as OpenAI takes them: 64 letters, digits, `_` and `-` at most. Others are
/// changed, and told so that the answer's calls get them back. Confined to one thread.
final class ToolNames {
  private static final int LONGEST = 64;
  private static final int KEPT = 47;
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-]");

  private final Map<String, ToolName> changed = new HashMap<>();

  /// The tool's name without its namespace.
  String fitting(ToolName tool) {
    var name = tool.name();
    if (name.length() <= LONGEST && !name.isEmpty() && !FOREIGN.matcher(name).find()) {
      return name;
    }
    var kept = FOREIGN.matcher(name.substring(0, Math.min(KEPT, name.length()))).replaceAll("_");
    var fitting = kept + "_" + Hashes.of(name);
    changed.put(new ToolName(fitting, tool.space(), tool.custom()).flat(), tool);
    return fitting;
  }

  /// The tools whose names were changed, by what the provider calls them.
  Map<String, ToolName> changed() {
    return changed;
  }
}
