package io.onebalance.upkeep;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/// When something is to be done: five cron fields (minute, hour, day of month, month, day of week),
/// in UTC. Where both days are given, either makes the day, as cron has it.
public final class Schedule {
  private static final int FIELDS = 5;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean eitherDay;

  private Schedule(String[] fields) {
    minutes = field(fields[0], 0, 59);
    hours = field(fields[1], 0, 23);
    days = field(fields[2], 1, 31);
    months = field(fields[3], 1, 12);
    weekdays = field(fields[4], 0, 7);
    weekdays.set(0, weekdays.get(0) || weekdays.get(7));
    eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
  }

  /// Reads what the settings let through; anything else is an [IllegalArgumentException].
  public static Schedule of(String text) {
    var fields = text.strip().split("\\s+", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("'" + text + "' is no schedule; allowed: five fields");
    }
    return new Schedule(fields);
  }

  /// Whether a time of the schedule lies after `from` and not after `to`. Of a longer span only the
  /// last day counts: a machine that slept does not make up for more.
  public boolean falls(Instant from, Instant to) {
    var earliest = to.minus(1, ChronoUnit.DAYS);
    var begin = from.isBefore(earliest) ? earliest : from;
    var minute = begin.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    for (; !minute.isAfter(to); minute = minute.plus(1, ChronoUnit.MINUTES)) {
      if (names(minute.atZone(ZoneOffset.UTC))) {
        return true;
      }
    }
    return false;
  }

  private boolean names(ZonedDateTime time) {
    return minutes.get(time.getMinute())
        && hours.get(time.getHour())
        && months.get(time.getMonthValue())
        && namesDay(time);
  }

  private boolean namesDay(ZonedDateTime time) {
    var ofMonth = days.get(time.getDayOfMonth());
    var ofWeek = weekdays.get(time.getDayOfWeek().getValue() % 7);
    return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
  }

  private static BitSet field(String text, int least, int most) {
    var numbers = new BitSet();
    for (var part : text.split(",", -1)) {
      var slash = part.indexOf('/');
      var step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
      var range = slash < 0 ? part : part.substring(0, slash);
      var dash = range.indexOf('-');
      var all = range.equals("*");
      var first = all ? least : Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      // A step after a single number runs to the end, as in 5/15.
      var last =
          dash > 0 ? Integer.parseInt(range.substring(dash + 1)) : slash > 0 || all ? most : first;
      for (var number = first; number <= Math.min(last, most); number += Math.max(1, step)) {
        numbers.set(number);
      }
    }
    return numbers;
  }
}
