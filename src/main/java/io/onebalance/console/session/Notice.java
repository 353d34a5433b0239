package io.onebalance.console.session;

import java.util.List;
import java.util.Optional;

/// What an action came to, for the page that follows it. `details` are foreign text.
public record Notice(boolean good, String text, List<String> details, Optional<Undo> undo) {
  /// How a form takes it back: where it is sent to, and which action it means.
  public record Undo(String target, String id) {}

  public Notice {
    details = List.copyOf(details);
  }

  public Notice(boolean good, String text, List<String> details) {
    this(good, text, details, Optional.empty());
  }

  public static Notice done(String text) {
    return new Notice(true, text, List.of());
  }

  public static Notice failed(String text) {
    return new Notice(false, text, List.of());
  }
}
