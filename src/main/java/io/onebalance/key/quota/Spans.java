package io.onebalance.key.quota;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The windows of one provider's limits.
public final class Spans {
  /// What ends later than this is no limit of a minute.
  static final long ABOUT_A_MINUTE = 70_000;

  private final Span minute = Span.minute();
  private final Span day;
  private final Span month = Span.month();
  private final Clues clues = new Clues();
  private final List<Counted> kinds = new ArrayList<>();

  /// `zone` is where a day's quota begins anew at midnight; without one, a day rolls.
  public Spans(@Nullable ZoneId zone) {
    day = Span.day(zone);
  }

  Clues clues() {
    return clues;
  }

  /// Which limits are counted of every key, since one key met them.
  List<Counted> kinds() {
    return kinds;
  }

  void count(Kind kind, Window window) {
    var counted = new Counted(kind, window);
    if (!kinds.contains(counted)) {
      kinds.add(counted);
    }
  }

  /// What is counted, and in which window.
  record Counted(Kind kind, Window window) {}

  Span of(Window window) {
    return switch (window) {
      case MINUTE, UNKNOWN -> minute;
      case DAY -> day;
      case MONTH -> month;
    };
  }
}
