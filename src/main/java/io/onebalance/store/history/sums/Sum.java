package io.onebalance.store.history.sums;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is summed up over requests; each is a column of the roll-ups.
public enum Sum {
  REQUESTS(0),
  ERRORS(1),
  ATTEMPTS(2),
  INPUT_TOKENS(3),
  OUTPUT_TOKENS(4),
  CACHED_TOKENS(5),
  CACHE_WRITTEN_TOKENS(6),
  REASONING_TOKENS(7),
  COST_NANOS(8),
  /// Requests with tokens whose price is not known.
  UNPRICED(9),
  /// Requests whose tokens are estimated.
  ESTIMATED(10),
  TOTAL_MS(11),
  /// Requests that got a first byte.
  FIRST_BYTES(12),
  FIRST_BYTE_MS(13);

  public static final List<Sum> ALL = List.of(values());

  private final int place;

  Sum(int place) {
    this.place = place;
  }

  /// Its place among all, from 0.
  public int place() {
    return place;
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The columns, each written in this way.
  static String columns(String format) {
    return Stream.of(values())
        .map(sum -> format.replace("$", sum.column()))
        .collect(Collectors.joining(", "));
  }
}
