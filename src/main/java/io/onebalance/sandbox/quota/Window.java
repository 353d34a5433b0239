package io.onebalance.sandbox.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// What is left of one limit. Immutable: spending gives the next window.
sealed interface Window {
  /// How much is free now: 0 to the limit.
  long left(Instant now);

  Window spend(long amount, Instant now);

  /// How long until so much is free. What exceeds the limit is never free: then until all is.
  Duration until(long amount, Instant now);

  Duration untilFull(Instant now);

  /// A count that starts again at fixed times: with the clock, or for a whole day at midnight
  /// Pacific.
  record Fixed(long limit, Duration length, Instant end, long used) implements Window {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    static Fixed starting(long limit, Duration length, Instant now) {
      return new Fixed(limit, length, endAfter(length, now), 0);
    }

    @Override
    public long left(Instant now) {
      return Math.max(0, limit - current(now).used);
    }

    @Override
    public Window spend(long amount, Instant now) {
      var current = current(now);
      return new Fixed(limit, length, current.end, current.used + amount);
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
      return now.isBefore(end) ? this : starting(limit, length, now);
    }

    private static Instant endAfter(Duration length, Instant now) {
      if (length.equals(WindowLengths.REAL.day())) {
        return now.atZone(PACIFIC).toLocalDate().plusDays(1).atStartOfDay(PACIFIC).toInstant();
      }
      var millis = length.toMillis();
      return Instant.ofEpochMilli((now.toEpochMilli() / millis + 1) * millis);
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
