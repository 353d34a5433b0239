package io.onebalance.sandbox.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// What is left of one limit. Immutable: spending gives the next window.
sealed interface Window {
  /// How much is free now: 0 to the limit.
  long left(Instant now);

  Window spend(long amount, Instant now);

  /// How long until so much is free. What exceeds the limit is never free: then until all is.
  Duration until(long amount, Instant now);

  Duration untilFull(Instant now);

  /// A count that starts again at fixed times.
  record Fixed(Dimension dimension, long limit, Instant end, long used) implements Window {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    static Fixed starting(Dimension dimension, long limit, Instant now) {
      return new Fixed(dimension, limit, endAfter(dimension, now), 0);
    }

    @Override
    public long left(Instant now) {
      return Math.max(0, limit - current(now).used);
    }

    @Override
    public Window spend(long amount, Instant now) {
      var current = current(now);
      return new Fixed(dimension, limit, current.end, current.used + amount);
    }

    @Override
    public Duration until(long amount, Instant now) {
      return amount <= left(now) ? Duration.ZERO : Duration.between(now, current(now).end);
    }

    @Override
    public Duration untilFull(Instant now) {
      var current = current(now);
      return current.used == 0 ? Duration.ZERO : Duration.between(now, current.end);
    }

    private Fixed current(Instant now) {
      return now.isBefore(end) ? this : starting(dimension, limit, now);
    }

    private static Instant endAfter(Dimension dimension, Instant now) {
      return switch (dimension) {
        case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE ->
            now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        case REQUESTS_PER_DAY ->
            now.atZone(PACIFIC).toLocalDate().plusDays(1).atStartOfDay(PACIFIC).toInstant();
      };
    }
  }

  /// A bucket that fills evenly; `full` is when it will be, or was.
  record Bucket(long limit, Duration period, Instant full) implements Window {
    /// Less than any unit we count, more than what doubles lose.
    private static final double CRUMB = 1e-6;

    @Override
    public long left(Instant now) {
      var missing = (double) untilFull(now).toNanos() / period.toNanos() * limit;
      return Math.max(0, limit - (long) Math.ceil(missing - CRUMB));
    }

    @Override
    public Window spend(long amount, Instant now) {
      var from = full.isBefore(now) ? now : full;
      return new Bucket(limit, period, from.plus(timeFor(amount)));
    }

    @Override
    public Duration until(long amount, Instant now) {
      var mayMiss = timeFor(Math.max(0, limit - amount));
      var rest = untilFull(now).minus(mayMiss);
      return rest.isNegative() ? Duration.ZERO : rest;
    }

    @Override
    public Duration untilFull(Instant now) {
      return full.isBefore(now) ? Duration.ZERO : Duration.between(now, full);
    }

    private Duration timeFor(long amount) {
      return Duration.ofNanos(Math.round((double) period.toNanos() / limit * amount));
    }
  }
}
