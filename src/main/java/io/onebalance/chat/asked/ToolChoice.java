package io.onebalance.chat.asked;

import io.onebalance.chat.ToolName;
import java.util.List;

/// Whether and which tools the model must call.
public sealed interface ToolChoice {
  /// Nothing was said.
  record Unsaid() implements ToolChoice {}

  record Auto() implements ToolChoice {}

  record None() implements ToolChoice {}

  /// Some tool must be called.
  record Required() implements ToolChoice {}

  /// This tool must be called.
  record Named(ToolName name) implements ToolChoice {}

  /// Only these may be called, and where `required` one of them must.
  record Allowed(boolean required, List<ToolName> names) implements ToolChoice {
    public Allowed {
      names = List.copyOf(names);
    }
  }
}
