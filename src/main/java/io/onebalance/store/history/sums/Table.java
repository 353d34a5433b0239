package io.onebalance.store.history.sums;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A table of roll-ups.
///
/// @param what the column that tells whom the sums are of
/// @param names the table that the column points to
/// @param keptDays for how many days the sums of each span are kept
public record Table(String table, String what, String names, Map<Span, Integer> keptDays) {
  public static final Table USAGE =
      new Table(
          "usage", "series", "series", Map.of(Span.DAY, 1830, Span.HOUR, 100, Span.MINUTE, 3));

  /// Many keys make many rows, so they are kept shorter, and not by the minute.
  public static final Table KEY_USAGE =
      new Table("key_usage", "asked_key", "asked_keys", Map.of(Span.DAY, 400, Span.HOUR, 15));

  public static final List<Table> ALL = List.of(USAGE, KEY_USAGE);

  public Table {
    keptDays = Map.copyOf(keptDays);
  }

  /// Coarse ones first.
  public List<Span> spans() {
    return Stream.of(Span.values()).filter(keptDays::containsKey).toList();
  }

  public Duration kept(Span span) {
    return Duration.ofDays(keptDays.getOrDefault(span, 0));
  }

  /// The finest span whose sums of this second are still kept.
  Span finest(long second, long now) {
    return spans().reversed().stream()
        .filter(span -> second >= now - kept(span).toSeconds())
        .findFirst()
        .orElse(Span.DAY);
  }
}
