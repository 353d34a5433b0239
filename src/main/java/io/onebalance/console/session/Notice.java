package io.onebalance.console.session;

import java.util.List;

/// What an action came to, for the page that follows it. `details` are foreign text; `undo` is
/// where a form takes it back, empty where nothing does.
public record Notice(boolean good, String text, List<String> details, String undo) {
  public Notice {
    details = List.copyOf(details);
  }

  public Notice(boolean good, String text, List<String> details) {
    this(good, text, details, "");
  }

  public static Notice done(String text) {
    return new Notice(true, text, List.of());
  }

  public static Notice failed(String text) {
    return new Notice(false, text, List.of());
  }
}
