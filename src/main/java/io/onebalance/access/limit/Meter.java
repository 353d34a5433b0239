package io.onebalance.access.limit;

import io.onebalance.access.limit.rules.KeyLimits;

/// How much of a minute's allowance is used: it fills with what is used and empties evenly, a whole
/// allowance a minute. This is GCRA, kept as a level rather than as a time, so that another
/// allowance can be set while it runs and nothing is forgotten.
///
/// Chosen over a window of the last minute's times: two numbers instead of one for each request,
/// and the wait it tells is exact. The price: after a rest a whole allowance may be used at once
/// while the next one already comes in, so a minute sees up to twice the number; any longer time
/// keeps to it.
///
/// Not thread-safe. Times are in microseconds; the level is in units times [#MINUTE], so that no
/// fraction is lost.
final class Meter {
  static final long MINUTE = 60_000_000;

  /// A request, which needs room for all of itself.
  static final long WHOLE = MINUTE;

  /// As little as can be: what is charged afterwards needs only that something is left.
  static final long ANYTHING = 1;

  private static final long MOST_UNITS = 10_000_000_000L;
  private static final long FULLEST = 4_000_000_000_000_000_000L;

  private long level;
  private long at;

  /// How long it takes until there is room for `need`; 0 where there is now.
  long wait(long allowance, long now, long need) {
    if (allowance == KeyLimits.ANY) {
      return 0;
    }
    empty(allowance, now);
    var tooMuch = level + need - allowance * MINUTE;
    return tooMuch <= 0 ? 0 : Math.ceilDiv(tooMuch, allowance);
  }

  /// So many units are used, also beyond the allowance: then it rests until they are paid off.
  void use(long allowance, long now, long units) {
    if (allowance == KeyLimits.ANY) {
      level = 0;
      return;
    }
    empty(allowance, now);
    level = Math.min(FULLEST, level + Math.min(MOST_UNITS, units) * MINUTE);
  }

  /// A clock that was set back empties nothing, and goes on from where it is.
  private void empty(long allowance, long now) {
    var passed = now - at;
    at = now;
    if (passed > level / allowance) {
      level = 0;
    } else if (passed > 0) {
      level -= passed * allowance;
    }
  }
}
