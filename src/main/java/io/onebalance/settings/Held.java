package io.onebalance.settings;

/// A setting as it is in force: its name, its value, where the value came from, whether a change of
/// it waits for a restart, and whether it must not be shown.
public record Held(String name, Object value, Source source, boolean restart, boolean hidden) {
  private static final String HIDDEN = "(hidden)";

  /// The value for people; of a secret only that there is one.
  public String shown() {
    return hidden ? HIDDEN : value.toString();
  }

  /// Secrets stay out of logs.
  @Override
  public String toString() {
    return name + " = " + shown() + " (" + source.where() + ")";
  }
}
