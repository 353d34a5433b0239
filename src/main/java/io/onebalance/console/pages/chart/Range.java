package io.onebalance.console.pages.chart;

import io.onebalance.store.history.sums.By;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// How far back a chart looks, and in which steps.
public enum Range {
  HOUR("1h", Duration.ofHours(1), By.MINUTE, 60),
  DAY("24h", Duration.ofHours(24), By.HOUR, 3_600),
  WEEK("7d", Duration.ofDays(7), By.HOUR, 3_600),
  MONTH("30d", Duration.ofDays(30), By.DAY, 86_400);

  private final String word;
  private final Duration length;
  private final By by;
  private final long step;

  Range(String word, Duration length, By by, long step) {
    this.word = word;
    this.length = length;
    this.by = by;
    this.step = step;
  }

  /// The range of this word; a day where there is none.
  public static Range of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst().orElse(DAY);
  }

  public String word() {
    return word;
  }

  public By by() {
    return by;
  }

  /// In seconds.
  public long step() {
    return step;
  }

  /// The beginning of the first step.
  public Instant from(Instant now) {
    var first = now.minus(length).getEpochSecond() / step * step;
    return Instant.ofEpochSecond(first + step);
  }
}
