package io.onebalance.console.pages.keys;

import io.onebalance.console.pages.keys.view.KeyPage.Quota;
import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Words;
import io.onebalance.key.quota.Headroom;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts what keys may do into words, as far as it is known at one moment.
public record QuotaWords(Words words, Instant now) {
  private static final int PERCENT = 100;

  /// Of what there is least: how much is left in percent, and all of it in a sentence; both are
  /// empty where no limit is known.
  public record Left(String share, String model, String all) {
    public static final Left UNKNOWN = new Left("-", "", "");
  }

  /// One key's limits, those that are known.
  List<Quota> of(Map<String, List<Measured>> quotas) {
    return quotas.entrySet().stream()
        .flatMap(one ->
            one.getValue().stream()
                .filter(Measured::isKnown)
                .map(measured -> quota(one.getKey(), measured)))
        .toList();
  }

  private Quota quota(String model, Measured measured) {
    var wait = Duration.between(now, measured.roomAt());
    return new Quota(
        Rows.model(words, model),
        limit(words.number(measured.limit()), measured.kind(), measured.window()),
        words.number(measured.used()),
        words.of(measured.told() ? "source.told" : "quota.learnt"),
        wait.isPositive() ? Durations.left(wait) : words.of("quota.now"));
  }

  /// What all keys of a provider have left, of that which runs out first.
  public Left left(List<Headroom> rooms) {
    return rooms.stream()
        .min(Comparator.comparingDouble(room -> (double) room.left() / room.limit()))
        .map(this::left)
        .orElse(Left.UNKNOWN);
  }

  private Left left(Headroom room) {
    var of = limit(words.number(room.limit()), room.kind(), room.window());
    return new Left(
        PERCENT * room.left() / room.limit() + " %",
        Rows.model(words, room.model()),
        words.of("quota.left", words.number(room.left()), of));
  }

  private String limit(String number, Kind kind, Window window) {
    var what = words.of("quota." + kind.word());
    return kind == Kind.CONCURRENT
        ? words.of("quota.at-once", number)
        : words.of("quota." + window.name().toLowerCase(Locale.ROOT), number, what);
  }
}
