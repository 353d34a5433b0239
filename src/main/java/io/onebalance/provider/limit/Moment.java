package io.onebalance.provider.limit;

import java.time.Instant;
import java.time.LocalDate;

/// When a field says that a limit is full again, in milliseconds since 1970. The usual forms
/// (`8.64s`, `6m0s`, `120ms`, `59`, a date, a moment since 1970) are read without garbage, since
/// they come with every answer; any other is left to [Hints].
final class Moment {
  /// Nothing that tells a time to come.
  static final long NONE = -1;

  private static final long SECOND = 1000;
  private static final long MOMENT = 1_000_000_000L;
  private static final long IN_MILLIS = 100_000_000_000L;
  private static final long NO_MOMENT = 100_000_000_000_000L;

  /// Longer numbers could overflow, and are left to [Hints].
  private static final int MOST_DIGITS = 14;

  private static final int LONGEST = 64;

  /// An RFC 3339 date of UTC without a fraction; `0` stands for any digit.
  private static final String FORM = "0000-00-00T00:00:00Z";

  private static final int DATE = FORM.length();

  private Moment() {}

  static long millis(String text, Instant now) {
    var quick = text.length() > LONGEST ? NONE : quick(text, now);
    return quick == NONE
        ? Hints.value(text, now).map(rest -> now.plus(rest).toEpochMilli()).orElse(NONE)
        : quick;
  }

  private static long quick(String text, Instant now) {
    return text.length() == DATE && text.charAt(DATE - 1) == 'Z'
        ? date(text, now)
        : numbers(text, now.toEpochMilli());
  }

  /// Of `2026-11-21T12:00:01Z`, which Anthropic sends with every answer.
  private static long date(String text, Instant now) {
    if (!isDate(text)) {
      return NONE;
    }
    var days =
        LocalDate.of((int) Amount.value(text, 0, 4), two(text, 5), two(text, 8)).toEpochDay();
    var seconds = ((days * 24 + two(text, 11)) * 60 + two(text, 14)) * 60 + two(text, 17);
    var latest = now.toEpochMilli() + Hints.LONGEST.toMillis();
    return seconds * SECOND > now.toEpochMilli() ? Math.min(seconds * SECOND, latest) : NONE;
  }

  /// Whether it has the form and names a day that every month has; the ends of months are left to
  /// [Hints], which knows the calendar.
  private static boolean isDate(String text) {
    for (var at = 0; at < DATE; at++) {
      var form = FORM.charAt(at);
      if (form == '0' ? Amount.digits(text, at) == at : form != text.charAt(at)) {
        return false;
      }
    }
    return isWithin(two(text, 5), 1, 12)
        && isWithin(two(text, 8), 1, 28)
        && two(text, 11) < 24
        && two(text, 14) < 60
        && two(text, 17) < 60;
  }

  private static boolean isWithin(int value, int least, int most) {
    return least <= value && value <= most;
  }

  private static int two(String text, int at) {
    return (int) Amount.value(text, at, at + 2);
  }

  private static long numbers(String text, long now) {
    var total = 0L;
    var at = 0;
    while (at < text.length()) {
      var end = Amount.digits(text, at);
      if (end == at || end - at > MOST_DIGITS) {
        return NONE;
      }
      var whole = Amount.value(text, at, end);
      var fraction = Amount.digits(text, end + 1) > end + 1 && text.charAt(end) == '.';
      var rest = fraction ? Amount.digits(text, end + 1) : end;
      if (rest == text.length()) {
        var millis = fraction ? part(text, end + 1, rest, SECOND) : 0;
        return at == 0 ? bare(whole, millis, now) : NONE;
      }
      var unit = unit(text, rest);
      if (unit == NONE || whole > MOMENT) {
        return NONE;
      }
      total += whole * unit + (fraction ? part(text, end + 1, rest, unit) : 0);
      at = rest + (unit == 1 ? 2 : 1);
    }
    return text.isEmpty() ? NONE : now + Math.min(total, Hints.LONGEST.toMillis());
  }

  /// Seconds from now, or a moment in seconds or milliseconds since 1970.
  private static long bare(long number, long fraction, long now) {
    if (number < MOMENT) {
      return now + Math.min(number * SECOND + fraction, Hints.LONGEST.toMillis());
    }
    if (number >= NO_MOMENT) {
      return NONE;
    }
    var moment = number < IN_MILLIS ? number * SECOND : number;
    return moment > now ? Math.min(moment, now + Hints.LONGEST.toMillis()) : NONE;
  }

  /// What a fraction of this unit adds, rounded up.
  private static long part(String text, int from, int to, long unit) {
    var digits = Math.min(to, from + 9);
    var scale = 1L;
    for (var at = from; at < digits; at++) {
      scale *= 10;
    }
    return Math.ceilDiv(Amount.value(text, from, digits) * unit, scale);
  }

  /// In milliseconds; `ms` is the only one of two letters.
  private static long unit(String text, int at) {
    if (text.startsWith("ms", at)) {
      return isEnd(text, at + 2) ? 1 : NONE;
    }
    if (!isEnd(text, at + 1)) {
      return NONE;
    }
    return switch (text.charAt(at)) {
      case 's' -> SECOND;
      case 'm' -> 60 * SECOND;
      case 'h' -> 3600 * SECOND;
      case 'd' -> 86_400 * SECOND;
      // Whatever else stands there is Hints' to read.
      default -> NONE;
    };
  }

  private static boolean isEnd(String text, int at) {
    return at == text.length() || Character.isDigit(text.charAt(at));
  }
}
