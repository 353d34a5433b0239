package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All limits of windows of one key for one model, or of several keys that share them: what is used
/// of each. Requests of a minute are always counted; other limits from when on the provider tells
/// of them. A class to extend and not a part, so that a choice needs not fetch one thing more from
/// memory.
public class Gauges {
  /// By this part of a minute a provider's count and ours may differ in time.
  private static final int SLACK = 32;

  private final Spans spans;
  private final Gauge requests;
  private Gauge[] gauges;

  protected Gauges(Spans spans) {
    this.spans = spans;
    requests = new Gauge(Kind.REQUESTS, spans.of(Window.MINUTE));
    spans.count(Kind.REQUESTS, Window.MINUTE);
    gauges = new Gauge[] {requests};
  }

  /// That of the requests of a minute.
  public final Gauge requests() {
    return requests;
  }

  /// That of this limit; it is counted from now on, if it was not.
  protected final Gauge gauge(Kind kind, Window window) {
    for (var gauge : gauges) {
      if (gauge.kind() == kind && gauge.window() == window) {
        return gauge;
      }
    }
    var made = new Gauge(kind, spans.of(window));
    spans.count(kind, window);
    gauges = Arrays.copyOf(gauges, gauges.length + 1);
    gauges[gauges.length - 1] = made;
    return made;
  }

  protected final void measure(long now, long heldUntil, List<Measured> into) {
    for (var gauge : gauges) {
      into.add(Measured.of(gauge, now, heldUntil));
    }
  }

  protected final void level(long now, List<Level> into) {
    for (var gauge : gauges) {
      if (gauge.isKnown()) {
        into.add(Level.of(gauge, now));
      }
    }
  }

  /// Whether no limit keeps the key from this.
  protected final boolean fits(long now, Need need) {
    for (var gauge : gauges) {
      if (!gauge.hasRoom(now, need)) {
        return false;
      }
    }
    return true;
  }

  /// Whether no limit but that of requests keeps the key from anything at all.
  protected final boolean fitsButForRequests(long now) {
    for (var gauge : gauges) {
      if (gauge != requests && !gauge.hasRoom(now, Need.NONE)) {
        return false;
      }
    }
    return true;
  }

  /// When no limit keeps the key from this any more.
  protected final long fitsAt(long now, Need need) {
    var at = now;
    for (var gauge : gauges) {
      at = Math.max(at, gauge.roomAt(now, need));
    }
    return at;
  }

  /// What is left of the scarcest limit of tokens; [Gauge#UNKNOWN] where none is known.
  protected final long leastTokens(long now) {
    var least = Gauge.UNKNOWN;
    for (var gauge : gauges) {
      if (gauge.kind() != Kind.REQUESTS) {
        least = Math.min(least, gauge.left(now));
      }
    }
    return least;
  }

  /// Whether a limit of tokens is known: then a refusal may be about them, whatever it says.
  public final boolean wantsTokens() {
    for (var gauge : gauges) {
      if (gauge.kind() != Kind.REQUESTS && gauge.isKnown()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a known limit of this window, but for that of requests, explains why there was no room
  /// for this; `guessed` only where the provider named it by now.
  protected final boolean explains(Window window, Need need, @Nullable Gauge guessed, long now) {
    for (var gauge : gauges) {
      if (gauge != requests
          && gauge.window() == window
          && gauge.isKnown()
          && (gauge.isTold() || gauge != guessed)
          && gauge.isExplainedBy(need.of(gauge.kind()), now)) {
        return true;
      }
    }
    return false;
  }

  /// A request is made that is thought to need this.
  protected final void count(long now, Need need) {
    countAll();
    for (var gauge : gauges) {
      gauge.use(now, need);
    }
  }

  /// Another instance used this at that time.
  protected final void countElsewhere(long then, KeyUse used) {
    countAll();
    for (var gauge : gauges) {
      gauge.hear(then, used.of(gauge.kind()));
    }
  }

  /// What one key of the model met, all count.
  private void countAll() {
    if (gauges.length < spans.kinds().size()) {
      spans.kinds().forEach(counted -> gauge(counted.kind(), counted.window()));
    }
  }

  /// The provider did not count what was used at that time.
  public final void giveBack(long then, Need need) {
    for (var gauge : gauges) {
      gauge.correct(then, -need.of(gauge.kind()));
    }
  }

  /// What was thought to be needed turned out to be this.
  public final void settle(long then, Need thought, Need used) {
    for (var gauge : gauges) {
      gauge.correct(then, used.of(gauge.kind()) - thought.of(gauge.kind()));
    }
  }

  /// What fields of an answer say of a limit.
  protected final void hearOf(Allowance told, long now) {
    var reset = told.reset().map(at -> at.toEpochMilli());
    var gauge = gauge(told.kind(), Spans.meant(told.window(), reset.map(at -> at - now)));
    reset.ifPresent(end -> spans.heardOfEnd(gauge.window(), end, now));
    gauge.tell(told.limit(), now);
    gauge.tellLeft(told.remaining(), reset.orElse(now + gauge.span().length()), now);
  }

  /// A refusal says that there is room again after this rest, in milliseconds.
  protected final void hearOfRest(Window window, Optional<Long> rest, long now) {
    rest.ifPresent(it -> spans.heardOfEnd(Spans.meant(window, rest), now + it, now));
  }

  /// Whether what was asked so far may be all that a minute allows, where the provider says that
  /// there is room again at `end`: by then some of it counts no more, or the clock's minute is
  /// over.
  protected final boolean mayBeAllUntil(long end, long now) {
    return requests.oneLessAt(now) <= end + requests.span().length() / SLACK
        || spans.isFullMinute(end);
  }

  /// What was known of a limit at that time, before a restart or at another instance. What was
  /// learnt since is known better.
  protected final void recallWindow(Learnt known, long at) {
    var gauge = gauge(known.kind(), known.window());
    if (gauge.believes(known, at)) {
      gauge.recall(known, at);
    }
  }

  /// What was tried at that time was served, though others had used it all, as we thought.
  public final void disprove(long then) {
    for (var gauge : gauges) {
      gauge.disprove(then);
    }
  }

  /// The clock was turned to this time: nobody knows what still counts.
  protected final void forgetUse(long now) {
    for (var gauge : gauges) {
      gauge.turned(now);
    }
  }
}
