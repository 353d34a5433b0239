package io.onebalance.key.quota;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All limits of one key for one model, or of several keys that share them. Requests of a minute
/// are always counted; other limits from when on the provider tells of them.
public final class Quota {
  private static final long LONGEST_CALL = 10_000;
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

  /// For so many windows a key is thought to be used by others after it was refused with less used
  /// than it may.
  private static final int STRANGE = 10;

  private static final Set<String> UNCOUNTED = Set.of("ash", "asd", "ipm", "rph", "tph");

  private final Spans spans;
  private final Gauge requests;
  private @Nullable Running atOnce;
  private @Nullable Guess guess;
  private @Nullable Gauge tokens;
  private Gauge[] gauges;
  private int running;
  private int turns;
  private long heldUntil = Long.MIN_VALUE;
  private long strangeUntil = Long.MIN_VALUE;

  Quota(Spans spans) {
    this.spans = spans;
    requests = new Gauge(Kind.REQUESTS, spans.of(Window.MINUTE));
    spans.count(Kind.REQUESTS, Window.MINUTE);
    gauges = new Gauge[] {requests};
  }

  /// All limits that are counted, with what is known of them.
  public List<Measured> measured(long now) {
    var measured = new ArrayList<Measured>(gauges.length + 1);
    for (var gauge : gauges) {
      measured.add(Measured.of(gauge, now, heldUntil));
    }
    if (atOnce != null && atOnce.isKnown()) {
      measured.add(atOnce.measured(running, now, heldUntil));
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
    if (atOnce != null && atOnce.isKnown()) {
      levels.add(atOnce.level(running));
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
    if (!atOnce().isKnown()) {
      atOnce().recall(known);
    }
  }

  private Running atOnce() {
    var known = atOnce == null ? new Running(spans.clues()) : atOnce;
    atOnce = known;
    return known;
  }

  private boolean mayRun(long now) {
    return atOnce == null || atOnce.hasRoom(running, now);
  }

  Gauge requests() {
    return requests;
  }

  public boolean hasRoom(long now, Need need) {
    return mayRun(now) && isWithin(now, need);
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
    var at = Math.max(atOnce == null ? now : atOnce.roomAt(running, now), heldUntil);
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
    return running++;
  }

  /// A request runs no more.
  public void end() {
    running--;
  }

  /// A request was served.
  public void served(Use use, long now) {
    if (atOnce != null) {
      atOnce.served(use, requests.ours(now) - running, now);
    }
    if (guess != null) {
      guess.served(tokens, now);
    }
  }

  /// Whether nothing but what runs keeps the key, and one more may, to see whether that still
  /// holds.
  public boolean mayCrowd(long now) {
    return atOnce != null && atOnce.mayTry(running, now) && isWithin(now, Need.NONE);
  }

  public void use(long now, Need need) {
    countAll();
    if (guess != null) {
      heldUntil = Math.max(heldUntil, now + guess.gap());
    }
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
    if (turns != spans.clues().turns()) {
      rethink();
    }
    if (gauges.length < spans.kinds().size()) {
      spans.kinds().forEach(counted -> gauge(counted.kind(), counted.window()));
    }
  }

  /// Refusals of this model's keys are thought to follow something else from now on.
  private void rethink() {
    turns = spans.clues().turns();
    tokens = gauge(Kind.TOKENS, Window.MINUTE);
    if (guess != null) {
      guess.rethink(tokens);
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
      atOnce().tell(told.limit(), told.remaining(), running, now);
      return;
    }
    var reset = told.reset().map(at -> at.toEpochMilli());
    var gauge = gauge(told.kind(), window(told.window(), reset.map(at -> at - now)));
    reset.ifPresent(end -> spans.heardOfEnd(gauge.window(), end, now));
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

  /// The provider told when to come back: however much more is served meanwhile of what was asked
  /// before, and whoever waits, the key is left alone until then (F19). Longer rests are no gauge's
  /// matter.
  private void keepTo(Duration rest, long now) {
    if (rest.compareTo(LONGEST_HOLD) <= 0) {
      heldUntil = Math.max(heldUntil, now + rest.toMillis());
    }
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
    var rest = limited.rest().map(Duration::toMillis);
    rest.ifPresent(it -> spans.heardOfEnd(window(limited.window(), rest), now + it, now));
    var finding = found(limited, use, now);
    if (finding == Finding.UNEXPLAINED) {
      strangeUntil = now + STRANGE * requests.span().length();
    }
    if (finding != Finding.CROWDED) {
      limited.rest().ifPresent(told -> keepTo(told, now));
    }
    return finding;
  }

  private Finding found(Verdict.Limited limited, Use use, long now) {
    var named = limited.quota();
    if (named.isPresent() && isUncounted(named.get().id())) {
      return Finding.UNCOUNTED;
    }
    if (named.isPresent() && kind(named.get().id()) == Kind.CONCURRENT) {
      return atOnce().named(named.get().value(), use.others(), now);
    }
    return limited
        .quota()
        .flatMap(quota -> quota.value().filter(value -> value > 0).map(_ -> quota))
        .map(quota -> named(limited, quota, use, now))
        .orElseGet(() -> unnamed(limited, use, now));
  }

  private Finding named(Verdict.Limited limited, Verdict.Quota quota, Use use, long now) {
    var rest = limited.rest().map(Duration::toMillis);
    var gauge = gauge(kind(quota.id()), window(limited.window(), rest));
    var isNew = !gauge.isKnown();
    gauge.tell(quota.value().orElseThrow(), now);
    var needed = use.need().of(gauge.kind());
    var explained = isNew || use.beyond() || gauge.isExplainedBy(needed, now);
    gauge.lacks(needed, lacksUntil(gauge, rest, now), now);
    return explained ? Finding.EXPLAINED : Finding.UNEXPLAINED;
  }

  /// No quota of a day is spent for longer than the day lasts.
  private static long lacksUntil(Gauge gauge, Optional<Long> rest, long now) {
    var end = gauge.span().end(now);
    var told = rest.map(it -> now + it).orElse(end);
    return gauge.window() == Window.DAY ? Math.min(told, end) : told;
  }

  private Finding unnamed(Verdict.Limited limited, Use use, long now) {
    var rest = limited.rest().map(Duration::toMillis);
    var window = window(limited.window(), rest);
    for (var gauge : gauges) {
      if (gauge != requests
          && gauge.window() == window
          && gauge.isKnown()
          && (gauge.isTold() || gauge != tokens)
          && gauge.isExplainedBy(use.need().of(gauge.kind()), now)) {
        return Finding.EXPLAINED;
      }
    }
    var guessed = guess == null ? new Guess(spans.clues(), requests) : guess;
    if (!guessed.isOfTokens(use, tokens, now) && isCrowd(limited, use, now)) {
      return Finding.CROWDED;
    }
    if (window != Window.MINUTE) {
      return Finding.UNEXPLAINED;
    }
    guess = guessed;
    var finding = guessed.refused(use, tokens, now);
    if (now >= heldUntil) {
      hold(now + guessed.pause(now));
    }
    return finding;
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
        && atOnce().refused(use, asked, now);
  }

  /// The limit, where a key may go beyond it to see whether it still holds: where it is used up
  /// however the provider counts its minutes. Else [Gauge#UNKNOWN].
  public long tier(long now) {
    var stands =
        mayRun(now)
            && requests.isKnown()
            && !requests.isFresh(now)
            && requests.isFullByAnyClock(now)
            && now >= heldUntil;
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

  /// The clock was turned to this time: nobody knows what still counts.
  void clear(long now) {
    for (var gauge : gauges) {
      gauge.turned(now);
    }
    heldUntil = Long.MIN_VALUE;
    strangeUntil = Long.MIN_VALUE;
    if (atOnce != null) {
      atOnce.turned(now);
    }
    if (guess != null) {
      guess.turned(now);
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

  /// Whether a quota is one of seconds of sound, of pictures, or of an hour.
  private static boolean isUncounted(String id) {
    var name = id.toLowerCase(Locale.ROOT);
    return UNCOUNTED.contains(name) || name.contains("hour");
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
