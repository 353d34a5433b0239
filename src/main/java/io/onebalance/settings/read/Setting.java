package io.onebalance.settings.read;

import io.onebalance.settings.file.Tree;

/// One setting: its YAML name, its environment variable ("" where it has none), how it is read, its
/// default as text, and what it means. `restart` says that a change waits for a restart; `hidden`
/// that its value is never shown.
record Setting<T>(
    String name,
    String env,
    Kind<T> kind,
    String fallback,
    boolean restart,
    boolean hidden,
    String meaning) {
  static <T> Setting<T> of(String name, Kind<T> kind, String fallback, String meaning) {
    return new Setting<>(name, "", kind, fallback, false, false, meaning);
  }

  Setting<T> env(String variable) {
    return new Setting<>(name, variable, kind, fallback, restart, hidden, meaning);
  }

  Setting<T> needsRestart() {
    return new Setting<>(name, env, kind, fallback, true, hidden, meaning);
  }

  Setting<T> isSecret() {
    return new Setting<>(name, env, kind, fallback, restart, true, meaning);
  }

  /// The value when nobody set one.
  T byDefault() {
    return kind.read(new Tree.Leaf(fallback, 0)).orElseThrow();
  }
}
