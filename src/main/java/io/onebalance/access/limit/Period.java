package io.onebalance.access.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/// A day or a month of the calendar, and what was spent in it. Not thread-safe.
final class Period {
  private final UnaryOperator<LocalDate> first;
  private final UnaryOperator<LocalDate> next;
  private ZoneId zone = ZoneOffset.UTC;
  private Instant from = Instant.MIN;
  private Instant until = Instant.MIN;
  private Spent spent = Spent.NOTHING;

  private Period(UnaryOperator<LocalDate> first, UnaryOperator<LocalDate> next) {
    this.first = first;
    this.next = next;
  }

  static Period day() {
    return new Period(day -> day, day -> day.plusDays(1));
  }

  static Period month() {
    return new Period(day -> day.withDayOfMonth(1), day -> day.plusMonths(1));
  }

  /// Makes this the period that `now` is in. Only one that is over is forgotten: where the zone
  /// changed, or a clock was set back, what was spent still counts.
  void turnTo(Instant now, ZoneId here) {
    if (now.isBefore(until) && !now.isBefore(from) && here.equals(zone)) {
      return;
    }
    spent = now.isBefore(until) ? spent : Spent.NOTHING;
    zone = here;
    var begins = first.apply(LocalDate.ofInstant(now, here));
    from = begins.atStartOfDay(here).toInstant();
    until = next.apply(begins).atStartOfDay(here).toInstant();
  }

  /// Adds what was spent by a request that began at this time; an earlier period's is over.
  void add(Instant began, Spent more) {
    if (!began.isBefore(from)) {
      spent = spent.plus(more);
    }
  }

  Spent spent() {
    return spent;
  }

  Instant from() {
    return from;
  }

  Instant until() {
    return until;
  }
}
