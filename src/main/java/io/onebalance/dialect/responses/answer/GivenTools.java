package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.Tools;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The tools that the client gave, by what a provider without namespaces calls them. A client wants
/// name and namespace apart, and a call of a custom tool as such: Codex refuses what is called by
/// its flat name.
final class GivenTools {
  private final Map<String, ToolName> names = new HashMap<>();

  GivenTools(Tools tools) {
    for (var tool : tools.all()) {
      name(tool).ifPresent(name -> names.putIfAbsent(name.flat(), name));
    }
  }

  /// The tool that is meant; the name as it is where the client gave no such tool.
  ToolName meant(ToolName called) {
    return names.getOrDefault(called.flat(), called);
  }

  private static Optional<ToolName> name(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> Optional.of(function.name());
      case Tool.Custom custom -> Optional.of(custom.name());
      case Tool.Hosted _ -> Optional.empty();
    };
  }
}
