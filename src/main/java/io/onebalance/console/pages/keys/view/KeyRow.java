package io.onebalance.console.pages.keys.view;

/// One key as a table row; all texts ready to show. `cooling` says what rests now, or why the key
/// is not used, `cooled` how long the key has rested in its life, `age` how long it has been here.
public record KeyRow(
    String id, String href, String key, String remark, Badge badge, Rest rest, String health) {
  /// A state by name; `tone` picks the colour.
  public record Badge(String tone, String label, String why) {}

  public record Rest(String cooling, String cooled, String age) {}
}
