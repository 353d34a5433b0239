package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.util.Locale;

/// What is worth knowing of a limit after a restart: how much there is, whether the provider said
/// so, and what is used of a long window. What was used of a minute is not.
public record Learnt(String model, Kind kind, Window window, long limit, boolean told, long used) {
  /// What is used is told in steps of this part of the limit, rounded down: it need not be written
  /// at each request.
  private static final int STEPS = 20;

  public Learnt {
    if (limit < 1 || used < 0) {
      throw new IllegalArgumentException(used + " of a limit of " + limit);
    }
  }

  /// What is worth knowing of a limit that is used up so far.
  public static Learnt of(String model, Level level) {
    var step = Math.max(1, level.limit() / STEPS);
    var used = isLong(level.window()) ? Math.min(level.limit(), level.used()) / step * step : 0;
    return new Learnt(model, level.kind(), level.window(), level.limit(), level.told(), used);
  }

  /// Of a limit as it was written; fails with [IllegalArgumentException] where it is none.
  public static Learnt of(String model, String name, long limit, boolean told, long used) {
    var words = name.toUpperCase(Locale.ROOT).split(" ", 2);
    return new Learnt(
        model, Kind.valueOf(words[0]), Window.valueOf(words[words.length - 1]), limit, told, used);
  }

  /// What is counted and in which window, as it is written.
  public String name() {
    return (kind + " " + window).toLowerCase(Locale.ROOT);
  }

  private static boolean isLong(Window window) {
    return switch (window) {
      case DAY, MONTH -> true;
      case MINUTE, UNKNOWN -> false;
    };
  }
}
