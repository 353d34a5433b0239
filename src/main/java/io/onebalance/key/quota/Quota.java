package io.onebalance.key.quota;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All limits of one key for one model, or of several keys that share them. Requests of a minute
/// are always counted; other limits from when on the provider tells of them.
public final class Quota {
  private static final long LONGEST_CALL = 10_000;

  /// So long a key is thought to be used by others after it was refused with less used than it may.
  private static final long STRANGE = 600_000;

  private final Spans spans;
  private final Gauge requests;
  private final Running running;
  private Gauge[] gauges;
  private long heldUntil = Long.MIN_VALUE;
  private long strangeUntil = Long.MIN_VALUE;

  Quota(Spans spans) {
    this.spans = spans;
    requests = new Gauge(Kind.REQUESTS, spans.of(Window.MINUTE));
    spans.count(Kind.REQUESTS, Window.MINUTE);
    gauges = new Gauge[] {requests};
    running = new Running(spans.clues());
  }

  /// All limits that are counted, with what is known of them.
  public List<Measured> measured(long now) {
    var measured = new ArrayList<Measured>(gauges.length + 1);
    for (var gauge : gauges) {
      measured.add(Measured.of(gauge, now, heldUntil));
    }
    if (running.isKnown()) {
      measured.add(running.measured(now, heldUntil));
    }
    return measured;
  }

  /// How far the known limits are used up.
  public List<Level> levels(long now) {
    var levels = new ArrayList<Level>(gauges.length);
    for (var gauge : gauges) {
      if (gauge.isKnown()) {
        levels.add(Level.of(gauge, now));
      }
    }
    if (running.isKnown()) {
      levels.add(running.level());
    }
    return levels;
  }

  /// What is worth knowing after a restart.
  public List<Learnt> learnt(String model, long now) {
    return levels(now).stream().map(level -> Learnt.of(model, level)).toList();
  }

  /// What was known at that time, before a restart or at another instance. What was learnt since is
  /// known better.
  public void recall(Learnt known, long at) {
    if (known.kind() == Kind.CONCURRENT) {
      recall(known);
      return;
    }
    var gauge = gauge(known.kind(), known.window());
    if (gauge.believes(known, at)) {
      gauge.recall(known, at);
    }
  }

  private void recall(Learnt known) {
    if (!running.isKnown()) {
      running.recall(known);
    }
  }

  Gauge requests() {
    return requests;
  }

  public boolean hasRoom(long now, Need need) {
    return running.hasRoom(now) && isWithin(now, need);
  }

  /// Whether neither a hold nor a limit of a window keeps the key from this.
  private boolean isWithin(long now, Need need) {
    if (now < heldUntil) {
      return false;
    }
    for (var gauge : gauges) {
      if (!gauge.hasRoom(now, need)) {
        return false;
      }
    }
    return true;
  }

  /// When there is room for this under all limits.
  public long roomAt(long now, Need need) {
    var at = Math.max(running.roomAt(now), heldUntil);
    for (var gauge : gauges) {
      at = Math.max(at, gauge.roomAt(now, need));
    }
    return at;
  }

  /// What is left of the scarcest limit of tokens; [Gauge#UNKNOWN] where none is known. Where
  /// others use the key too nobody knows, and much is told, so that no key is filled to the brim
  /// with them.
  public long tokensLeft(long now) {
    var least = Gauge.UNKNOWN;
    for (var gauge : gauges) {
      if (gauge.kind() != Kind.REQUESTS) {
        least = Math.min(least, gauge.left(now));
      }
    }
    return now < strangeUntil ? Math.max(least, Gauge.UNKNOWN - 1) : least;
  }

  /// Whether a limit of tokens is known: then a refusal may be about them, whatever it says.
  public boolean wantsTokens() {
    for (var gauge : gauges) {
      if (gauge.kind() != Kind.REQUESTS && gauge.isKnown()) {
        return true;
      }
    }
    return false;
  }

  /// A request begins to run; tells how many others do.
  int begin() {
    running.begin();
    return running.running() - 1;
  }

  /// A request runs no more.
  public void end() {
    running.end();
  }

  /// A request was served that was asked while so many others ran.
  public void served(int others, long now) {
    running.served(others, requests.ours(now) - running.running(), now);
  }

  /// Whether nothing but what runs keeps the key, and one more may, to see whether that still
  /// holds.
  public boolean mayCrowd(long now) {
    return running.mayTry(now) && isWithin(now, Need.NONE);
  }

  public void use(long now, Need need) {
    countAll();
    for (var gauge : gauges) {
      gauge.use(now, need);
    }
  }

  /// Another instance used this at that time.
  public void hear(long then, KeyUse used) {
    countAll();
    for (var gauge : gauges) {
      gauge.hear(then, used.of(gauge.kind()));
    }
  }

  private void countAll() {
    if (gauges.length < spans.kinds().size()) {
      spans.kinds().forEach(counted -> gauge(counted.kind(), counted.window()));
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
    if (told.limit() <= 0) {
      return;
    }
    if (told.kind() == Kind.CONCURRENT) {
      running.tell(told.limit(), told.remaining(), now);
      return;
    }
    var reset = told.reset().map(at -> at.toEpochMilli());
    var gauge = gauge(told.kind(), window(told.window(), reset.map(at -> at - now)));
    gauge.tell(told.limit(), now);
    gauge.tellLeft(told.remaining(), reset.orElse(now + gauge.span().length()), now);
  }

  /// Whether at least half of what may be asked in a minute was, by us.
  boolean isHalfUsed(long now) {
    return requests.isKnown() && 2 * requests.ours(now) >= requests.limit();
  }

  /// Keeps the key for a while, whatever its gauges say.
  void hold(long until) {
    heldUntil = until;
  }

  /// What both asked in the last minute.
  long together(Quota other, long now) {
    return requests.ours(now) + other.requests.ours(now);
  }

  /// Whether it may be that the other was refused because both together used up the limit of this.
  boolean sharesFit(Quota other, long now) {
    var limit = requests.limit();
    var sum = together(other, now);
    return requests.isKnown()
        && (!other.requests.isKnown()
            || !other.requests.isTold()
            || other.requests.limit() == limit)
        && sum >= limit
        && sum <= limit + 1 + limit / 10;
  }

  /// What a refusal teaches of what this tried.
  public Finding refused(Verdict.Limited limited, Use use, long now) {
    var finding = found(limited, use, now);
    if (finding == Finding.UNEXPLAINED) {
      strangeUntil = now + STRANGE;
    }
    return finding;
  }

  private Finding found(Verdict.Limited limited, Use use, long now) {
    var named = limited.quota();
    if (named.isPresent() && kind(named.get().id()) == Kind.CONCURRENT) {
      return running.named(named.get().value(), use.others(), now);
    }
    return limited
        .quota()
        .flatMap(quota -> quota.value().filter(value -> value > 0).map(_ -> quota))
        .map(quota -> named(limited, quota, use, now))
        .orElseGet(() -> unnamed(limited, use, now));
  }

  private Finding named(Verdict.Limited limited, Verdict.Quota quota, Use use, long now) {
    var rest = limited.rest().map(it -> it.toMillis());
    var gauge = gauge(kind(quota.id()), window(limited.window(), rest));
    var isNew = !gauge.isKnown();
    gauge.tell(quota.value().orElseThrow(), now);
    var needed = use.need().of(gauge.kind());
    var explained = isNew || use.beyond() || gauge.isExplainedBy(needed, now);
    gauge.lacks(needed, rest.map(it -> now + it).orElse(gauge.span().end(now)), now);
    return explained ? Finding.EXPLAINED : Finding.UNEXPLAINED;
  }

  private Finding unnamed(Verdict.Limited limited, Use use, long now) {
    var rest = limited.rest().map(it -> it.toMillis());
    var window = window(limited.window(), rest);
    for (var gauge : gauges) {
      if (gauge != requests
          && gauge.window() == window
          && gauge.isKnown()
          && gauge.isExplainedBy(use.need().of(gauge.kind()), now)) {
        return Finding.EXPLAINED;
      }
    }
    if (isCrowd(limited, use, now)) {
      return Finding.CROWDED;
    }
    return window == Window.MINUTE ? counted(use.beyond(), now) : Finding.UNEXPLAINED;
  }

  /// Whether a refusal that names nothing is because of what ran. Who is told to wait for longer
  /// than a call takes has asked too much.
  private boolean isCrowd(Verdict.Limited limited, Use use, long now) {
    var asked = requests.used(now);
    return limited.window() == Window.UNKNOWN
        && limited.quota().isEmpty()
        && limited.rest().map(rest -> rest.toMillis() <= LONGEST_CALL).orElse(true)
        && !use.beyond()
        && !(requests.isKnown() && asked >= requests.limit() - 1)
        && running.refused(use.others(), asked, now);
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
    var stands =
        running.hasRoom(now)
            && requests.isKnown()
            && !requests.isFresh(now)
            && requests.isFullByAnyClock(now);
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

  /// Another key shares this: what it asked counts here as well.
  public void take(Quota other, long now) {
    requests.correct(now, other.requests.ours(now));
  }

  /// Has the limits of another that it is parted from.
  public void take(Quota shared) {
    if (shared.requests.isKnown()) {
      requests.lower(shared.requests.limit());
    }
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
    spans.count(kind, window);
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
    if (name.contains("concurren")) {
      return Kind.CONCURRENT;
    }
    if (!name.contains("token") && !name.startsWith("tp")) {
      return Kind.REQUESTS;
    }
    if (name.contains("input")) {
      return Kind.INPUT_TOKENS;
    }
    return name.contains("output") ? Kind.OUTPUT_TOKENS : Kind.TOKENS;
  }
}
