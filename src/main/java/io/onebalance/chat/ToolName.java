package io.onebalance.chat;

import java.util.Optional;

/// How a tool is called. `space` is the namespace that the OpenAI Responses dialect may put before
/// a name; `custom` tools take free text and no JSON.
public record ToolName(String name, Optional<String> space, boolean custom) {
  public static ToolName of(String name) {
    return new ToolName(name, Optional.empty(), false);
  }

  /// In one word, for dialects that know no namespaces.
  public String flat() {
    return space.map(before -> before + "__" + name).orElse(name);
  }
}
