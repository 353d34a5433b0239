package io.onebalance.key.quota;

import io.onebalance.provider.Verdict;
import io.onebalance.provider.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All limits of one key for one model, or of several keys that share them. Requests of a minute
/// are always counted; other limits from when on the provider tells of them.
public final class Quota {
  private final Spans spans;
  private final Gauge requests;
  private Gauge[] gauges;

  Quota(Spans spans) {
    this.spans = spans;
    requests = new Gauge(Kind.REQUESTS, spans.of(Window.MINUTE));
    gauges = new Gauge[] {requests};
  }

  /// All limits that are counted, with what is known of them.
  public List<Measured> measured(long now) {
    return Arrays.stream(gauges).map(gauge -> Measured.of(gauge, now)).toList();
  }

  Gauge requests() {
    return requests;
  }

  public boolean hasRoom(long now, Need need) {
    for (var gauge : gauges) {
      if (!gauge.hasRoom(now, need)) {
        return false;
      }
    }
    return true;
  }

  /// When there is room for this under all limits.
  public long roomAt(long now, Need need) {
    var at = now;
    for (var gauge : gauges) {
      at = Math.max(at, gauge.roomAt(now, need));
    }
    return at;
  }

  /// The least that is left of any limit, as a share of it.
  public double headroom(long now) {
    var least = 1.0;
    for (var gauge : gauges) {
      if (gauge.isKnown()) {
        least = Math.min(least, (double) gauge.left(now) / gauge.limit());
      }
    }
    return least;
  }

  public void use(long now, Need need) {
    for (var gauge : gauges) {
      gauge.use(now, need);
    }
  }

  /// The provider did not count what was used at that time.
  public void giveBack(long then, Need need) {
    for (var gauge : gauges) {
      gauge.correct(then, -need.of(gauge.kind()));
    }
  }

  /// What was thought to be needed turned out to be this.
  public void settle(long then, Need thought, Need used) {
    for (var gauge : gauges) {
      gauge.correct(then, used.of(gauge.kind()) - thought.of(gauge.kind()));
    }
  }

  /// What fields of an answer say.
  public void tell(Allowance told, long now) {
    if (told.limit() <= 0 || told.kind() == Kind.CONCURRENT) {
      return;
    }
    var reset = told.reset().map(at -> at.toEpochMilli());
    var gauge = gauge(told.kind(), window(told.window(), reset.map(at -> at - now)));
    gauge.tell(told.limit(), now);
    gauge.tellLeft(told.remaining(), reset.orElse(now + gauge.span().length()), now);
  }

  /// What a refusal teaches of what was tried at that time.
  public Finding refused(Verdict.Limited limited, boolean beyond, long now) {
    return limited
        .quota()
        .flatMap(quota -> quota.value().filter(value -> value > 0).map(_ -> quota))
        .map(quota -> named(limited, quota, now))
        .orElseGet(() -> unnamed(limited, beyond, now));
  }

  private Finding named(Verdict.Limited limited, Verdict.Quota quota, long now) {
    var rest = limited.rest().map(it -> it.toMillis());
    var gauge = gauge(kind(quota.id()), window(limited.window(), rest));
    var isNew = !gauge.isKnown();
    gauge.tell(quota.value().orElseThrow(), now);
    var explained = isNew || 10 * gauge.ours(now) >= 9 * gauge.limit() - 10;
    if (gauge.hasRoom(now, Need.NONE)) {
      gauge.fill(rest.map(it -> now + it).orElse(gauge.span().end(now)), now);
    }
    return explained ? Finding.EXPLAINED : Finding.UNEXPLAINED;
  }

  private Finding unnamed(Verdict.Limited limited, boolean beyond, long now) {
    var rest = limited.rest().map(it -> it.toMillis());
    var window = window(limited.window(), rest);
    for (var gauge : gauges) {
      if (gauge != requests && gauge.window() == window && isNearlyUsed(gauge, now)) {
        return Finding.EXPLAINED;
      }
    }
    return window == Window.MINUTE ? counted(beyond, now) : Finding.UNEXPLAINED;
  }

  private static boolean isNearlyUsed(Gauge gauge, long now) {
    return gauge.isKnown() && 10 * gauge.used(now) >= 9 * gauge.limit();
  }

  /// Learns from what was served within the window before a refusal that names nothing.
  private Finding counted(boolean beyond, long now) {
    var count = requests.used(now);
    if (beyond || count >= requests.limit()) {
      return Finding.EXPLAINED;
    }
    if (count == 0) {
      requests.undo();
      return Finding.UNEXPLAINED;
    }
    if (!requests.isKnown()) {
      requests.lower(count);
      return Finding.LEARNT;
    }
    if (requests.isTold()) {
      return Finding.UNEXPLAINED;
    }
    if (count >= requests.limit() - 1 && requests.comesLater()) {
      return Finding.EXPLAINED;
    }
    requests.lower(count);
    return Finding.LEARNT;
  }

  /// The limit, where a key may go beyond it to see whether it still holds: where it is used up
  /// however the provider counts its minutes. Else [Gauge#UNKNOWN].
  public long tier(long now) {
    var stands = requests.isKnown() && !requests.isFresh(now) && requests.isFullByAnyClock(now);
    for (var gauge : gauges) {
      stands &= gauge == requests || gauge.hasRoom(now, Need.NONE);
    }
    return stands ? requests.limit() : Gauge.UNKNOWN;
  }

  /// What was tried at that time was served, though others had used it all, as we thought.
  public void disprove(long then) {
    for (var gauge : gauges) {
      gauge.disprove(then);
    }
  }

  /// More was served than the limit: it may be this by now.
  void raise(long next) {
    requests.raise(next);
  }

  /// Whether the requests alone have no room for another.
  boolean isBeyond(long now) {
    return !requests.hasRoom(now, Need.NONE);
  }

  void clear() {
    for (var gauge : gauges) {
      gauge.clear();
    }
  }

  private Gauge gauge(Kind kind, Window window) {
    for (var gauge : gauges) {
      if (gauge.kind() == kind && gauge.window() == window) {
        return gauge;
      }
    }
    var made = new Gauge(kind, spans.of(window));
    gauges = Arrays.copyOf(gauges, gauges.length + 1);
    gauges[gauges.length - 1] = made;
    return made;
  }

  /// Where no window is named, what ends within about a minute is of a minute.
  private static Window window(Window named, Optional<Long> rest) {
    return switch (named) {
      case MINUTE, DAY, MONTH -> named;
      case UNKNOWN ->
          rest.isEmpty() || rest.get() <= Spans.ABOUT_A_MINUTE ? Window.MINUTE : Window.DAY;
    };
  }

  /// What a quota counts, by the name that the provider gives it.
  private static Kind kind(String id) {
    var name = id.toLowerCase(Locale.ROOT);
    if (!name.contains("token") && !name.startsWith("tp")) {
      return Kind.REQUESTS;
    }
    if (name.contains("input")) {
      return Kind.INPUT_TOKENS;
    }
    return name.contains("output") ? Kind.OUTPUT_TOKENS : Kind.TOKENS;
  }
}
