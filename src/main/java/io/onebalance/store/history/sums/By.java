package io.onebalance.store.history.sums;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What sums are told apart by.
public enum By {
  PROVIDER("s.provider"),
  MODEL("s.model"),
  GATEWAY_KEY("s.gateway_key"),
  STATUS("s.outcome"),
  KEY("s.key_id"),
  DAY(Span.DAY),
  HOUR(Span.HOUR),
  MINUTE(Span.MINUTE);

  private final String sql;
  private final Optional<Span> span;

  By(String sql) {
    this.sql = sql;
    this.span = Optional.empty();
  }

  By(Span span) {
    this.sql = "u.start / %1$d * %1$d".formatted(span.seconds());
    this.span = Optional.of(span);
  }

  public static final List<By> ALL = Arrays.asList(values());

  /// As it is written in questions and answers.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Where it is a time: of which span.
  public Optional<Span> span() {
    return span;
  }

  String sql() {
    return sql;
  }

  /// Whether the sums of keys are told apart by it.
  boolean isOfKeys() {
    return this == PROVIDER || this == KEY || this == DAY || this == HOUR;
  }
}
