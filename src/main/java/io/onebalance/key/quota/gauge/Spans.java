package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.provider.limit.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The windows of one provider's limits.
public final class Spans {
  /// What ends later than this is no limit of a minute.
  private static final long ABOUT_A_MINUTE = 70_000;

  private final Span minute;
  private final FullMinutes ends;
  private final boolean told;
  private final Span day;
  private final Span month = Span.month();
  private final List<Counted> kinds = new ArrayList<>();

  /// A day whose zone nobody tells rolls; so does a minute of which nobody says how it ends, until
  /// it is found out.
  public Spans(Windows windows) {
    var length = windows.minute().toMillis();
    ends = new FullMinutes(length);
    told = windows.turn().isPresent();
    var clock = windows.turn().filter(Windows.Turn.CLOCK::equals).isPresent();
    minute = Span.minute(length, () -> clock || (!told && ends.areByClock()));
    day = Span.day(windows.day().orElse(null));
  }

  /// Where no window is named, what ends within about a minute is of a minute; `rest` in
  /// milliseconds, where it is told.
  public static Window meant(Window named, Optional<Long> rest) {
    return switch (named) {
      case MINUTE, DAY, MONTH -> named;
      case UNKNOWN -> rest.isEmpty() || rest.get() <= ABOUT_A_MINUTE ? Window.MINUTE : Window.DAY;
    };
  }

  /// The provider says that there is room again at `end` in this window.
  void heardOfEnd(Window window, long end, long now) {
    if (window == Window.MINUTE && !told) {
      ends.heard(end, now);
    }
  }

  /// Whether a minute of the clock may end at this time.
  boolean isFullMinute(long end) {
    return ends.isFull(end);
  }

  /// The clock was turned to this time.
  public void turned(long now) {
    ends.turned(now);
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

  public Span of(Window window) {
    return switch (window) {
      case MINUTE, UNKNOWN -> minute;
      case DAY -> day;
      case MONTH -> month;
    };
  }
}
