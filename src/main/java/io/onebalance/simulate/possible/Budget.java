package io.onebalance.simulate.possible;

import io.onebalance.simulate.scenario.Limit;
import java.time.Instant;

/// What the keys of a tier have spent together of one limit. Time goes in steps of a second.
sealed interface Budget {
  static Budget of(Limit limit, double meanMillis) {
    return switch (limit.span()) {
      case NONE -> new Running(limit, meanMillis);
      case MINUTE, DAY -> limit.rolls() ? new Rolling(limit) : new Clocked(limit);
    };
  }

  Limit limit();

  /// A new step begins; `most` is what the tier may spend in a window now.
  void step(long now, double most);

  boolean fits(double cost);

  void spend(double cost);

  /// A window that begins anew with the clock.
  final class Clocked implements Budget {
    private final Limit limit;
    private long turns = Long.MIN_VALUE;
    private double most;
    private double spent;

    Clocked(Limit limit) {
      this.limit = limit;
    }

    @Override
    public Limit limit() {
      return limit;
    }

    @Override
    public void step(long now, double amount) {
      most = amount;
      if (now >= turns) {
        spent = 0;
        turns = next(now);
      }
    }

    private long next(long now) {
      if (limit.span() == Limit.Span.MINUTE) {
        return (now / limit.span().millis() + 1) * limit.span().millis();
      }
      var zone = limit.zone().orElseThrow();
      var tomorrow = Instant.ofEpochMilli(now).atZone(zone).toLocalDate().plusDays(1);
      return tomorrow.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    @Override
    public boolean fits(double cost) {
      return spent + cost <= most;
    }

    @Override
    public void spend(double cost) {
      spent += cost;
    }
  }

  /// A window that rolls, in parts.
  final class Rolling implements Budget {
    private static final int PARTS_OF_A_MINUTE = 60;
    private static final int PARTS_OF_A_DAY = 1440;

    private final Limit limit;
    private final long partMillis;
    private final double[] parts;
    private long part = -1;
    private double most;
    private double spent;

    Rolling(Limit limit) {
      this.limit = limit;
      parts = new double[limit.span() == Limit.Span.MINUTE ? PARTS_OF_A_MINUTE : PARTS_OF_A_DAY];
      partMillis = limit.span().millis() / parts.length;
    }

    @Override
    public Limit limit() {
      return limit;
    }

    @Override
    public void step(long now, double amount) {
      most = amount;
      var current = now / partMillis;
      var gone = part < 0 ? 0 : Math.min(parts.length, current - part);
      for (var i = 1; i <= gone; i++) {
        var at = (int) ((part + i) % parts.length);
        spent -= parts[at];
        parts[at] = 0;
      }
      part = current;
    }

    @Override
    public boolean fits(double cost) {
      return spent + cost <= most;
    }

    @Override
    public void spend(double cost) {
      parts[(int) (part % parts.length)] += cost;
      spent += cost;
    }
  }

  /// What runs at once: in a second so much ends as the average length of an answer lets.
  final class Running implements Budget {
    private final Limit limit;
    private final double perSecond;
    private double left;

    Running(Limit limit, double meanMillis) {
      this.limit = limit;
      perSecond = 1000 / Math.max(1, meanMillis);
    }

    @Override
    public Limit limit() {
      return limit;
    }

    @Override
    public void step(long now, double amount) {
      left = Math.min(amount, left + amount * perSecond);
    }

    @Override
    public boolean fits(double cost) {
      return left >= cost;
    }

    @Override
    public void spend(double cost) {
      left -= cost;
    }
  }
}
