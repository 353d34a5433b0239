package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Gauge;
import io.onebalance.key.quota.gauge.Gauges;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.quota.guess.Clues;
import io.onebalance.key.quota.guess.Doubt;
import io.onebalance.key.quota.guess.Finding;
import io.onebalance.key.quota.guess.Guess;
import io.onebalance.key.quota.guess.Running;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one key may do for one model, or several keys that share it: the limits of windows, how
/// many requests may run at once, and what refusals teach of both.
public final class Quota extends Gauges {
  private static final long LONGEST_CALL = 10_000;
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

  /// For so many windows a key is thought to be used by others after it was refused with less used
  /// than it may.
  private static final int STRANGE = 10;

  private final Clues clues;
  private final Doubt doubt;
  private @Nullable Running atOnce;
  private @Nullable Guess guess;
  private @Nullable Gauge tokens;
  private int running;
  private int turns;
  private long heldUntil = Long.MIN_VALUE;
  private long strangeUntil = Long.MIN_VALUE;

  Quota(Spans spans, Clues clues) {
    super(spans);
    this.clues = clues;
    doubt = new Doubt(clues);
  }

  /// All limits that are counted, with what is known of them.
  public List<Measured> measured(long now) {
    var measured = new ArrayList<Measured>();
    measure(now, heldUntil, measured);
    if (atOnce != null && atOnce.isKnown()) {
      measured.add(atOnce.measured(running, now, heldUntil));
    }
    return measured;
  }

  /// How far the known limits are used up.
  public List<Level> levels(long now) {
    var levels = new ArrayList<Level>();
    level(now, levels);
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
    if (known.kind() != Kind.CONCURRENT) {
      recallWindow(known, at);
    } else if (!atOnce().isKnown()) {
      atOnce().recall(known);
    }
  }

  private Running atOnce() {
    var known = atOnce == null ? new Running(clues) : atOnce;
    atOnce = known;
    return known;
  }

  private boolean mayRun(long now) {
    return atOnce == null || atOnce.hasRoom(running, now);
  }

  public boolean hasRoom(long now, Need need) {
    return mayRun(now) && isWithin(now, need);
  }

  /// Whether neither a hold nor a limit of a window keeps the key from this.
  private boolean isWithin(long now, Need need) {
    return now >= heldUntil && fits(now, need);
  }

  /// When there is room for this under all limits.
  public long roomAt(long now, Need need) {
    var at = Math.max(atOnce == null ? now : atOnce.roomAt(running, now), heldUntil);
    return Math.max(at, fitsAt(now, need));
  }

  /// What is left of the scarcest limit of tokens; [Gauge#UNKNOWN] where none is known. Where
  /// others use the key too nobody knows, and much is told, so that no key is filled to the brim
  /// with them.
  public long tokensLeft(long now) {
    var least = leastTokens(now);
    return now < strangeUntil ? Math.max(least, Gauge.UNKNOWN - 1) : least;
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
    if (doubt.isOpen()) {
      doubt.served(use.at(), reached(Need.NONE, now));
    }
    if (atOnce != null) {
      atOnce.served(use.others(), use.need(), requests().ours(now) - running, now);
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
    followClues();
    if (guess != null) {
      heldUntil = Math.max(heldUntil, now + guess.gap());
    }
    count(now, need);
  }

  /// Another instance used this at that time.
  public void hear(long then, KeyUse used) {
    followClues();
    countElsewhere(then, used);
  }

  /// Where refusals of this model's keys are thought to follow something else by now, so they are
  /// here.
  private void followClues() {
    if (turns != clues.turns()) {
      turns = clues.turns();
      tokens = clues.countTokens() ? gauge(Kind.TOKENS, Window.MINUTE) : null;
      if (guess != null) {
        guess.rethink(tokens);
      }
    }
  }

  /// What fields of an answer say.
  public void tell(Allowance told, long now) {
    if (told.limit() <= 0) {
      return;
    }
    if (told.kind() == Kind.CONCURRENT) {
      atOnce().tell(told.limit(), told.remaining(), running, now);
    } else {
      hearOf(told, now);
    }
  }

  /// Whether at least half of what may be asked in a minute was, by us.
  boolean isHalfUsed(long now) {
    return requests().isKnown() && 2 * requests().ours(now) >= requests().limit();
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
    return requests().ours(now) + other.requests().ours(now);
  }

  /// Whether it may be that the other was refused because both together used up the limit of this.
  boolean sharesFit(Quota other, long now) {
    var limit = requests().limit();
    var sum = together(other, now);
    return requests().isKnown()
        && (!other.requests().isKnown()
            || !other.requests().isTold()
            || other.requests().limit() == limit)
        && sum >= limit
        && sum <= limit + 1 + limit / 10;
  }

  /// What a refusal teaches of what this tried.
  public Finding refused(Verdict.Limited limited, Use use, long now) {
    hearOfRest(limited.window(), millis(limited), now);
    var finding = found(limited, use, now);
    if (finding != Finding.CROWDED) {
      limited.rest().ifPresent(told -> keepTo(told, now));
    }
    return finding;
  }

  /// Others are thought to use the key, too.
  public void sharedWithOthers(long now) {
    strangeUntil = now + STRANGE * requests().span().length();
  }

  private static Optional<Long> millis(Verdict.Limited limited) {
    return limited.rest().map(Duration::toMillis);
  }

  private Finding found(Verdict.Limited limited, Use use, long now) {
    var named = limited.quota();
    if (named.isPresent() && QuotaName.isUncounted(named.get().id())) {
      return Finding.UNCOUNTED;
    }
    if (named.isPresent() && QuotaName.kind(named.get().id()) == Kind.CONCURRENT) {
      return atOnce().named(named.get().value(), use.others(), now);
    }
    return limited
        .quota()
        .flatMap(quota -> quota.value().filter(value -> value > 0).map(_ -> quota))
        .map(quota -> named(limited, quota, use, now))
        .orElseGet(() -> unnamed(limited, use, now));
  }

  private Finding named(Verdict.Limited limited, Verdict.Quota quota, Use use, long now) {
    var rest = millis(limited);
    var gauge = gauge(QuotaName.kind(quota.id()), Spans.meant(limited.window(), rest));
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
    var window = Spans.meant(limited.window(), millis(limited));
    if (explains(window, use.need(), tokens, now)) {
      return Finding.EXPLAINED;
    }
    var guessed = guess == null ? new Guess(clues, requests()) : guess;
    if (!guessed.isOfTokens(use.need(), tokens, now) && isCrowd(limited, use, now)) {
      return Finding.CROWDED;
    }
    if (window != Window.MINUTE) {
      return Finding.UNEXPLAINED;
    }
    var reached = reached(use.need(), now); // from the first refusal on tokens are counted
    if (clues.knowsTokens(now)) {
      doubt.refused(reached);
    }
    if (isDoubtful(limited, use, now)) {
      return doubted(limited, now);
    }
    guess = guessed;
    var finding = guessed.refused(use.need(), use.beyond(), tokens, now);
    if (now >= heldUntil) {
      hold(now + guessed.pause(now));
    }
    return finding;
  }

  /// What is used of a minute, and this with it.
  private Doubt.Reached reached(Need more, long now) {
    var all = gauge(Kind.TOKENS, Window.MINUTE);
    var needed = more.of(Kind.TOKENS);
    return new Doubt.Reached(
        requests().ours(now),
        requests().byClock(now),
        all.ours(now) + needed,
        all.byClock(now) + needed);
  }

  /// Whether the key may come back while all that it was asked in this minute still counts: then it
  /// may be no limit of a minute that was met, but one of seconds, or a whim.
  private boolean isDoubtful(Verdict.Limited limited, Use use, long now) {
    var told = millis(limited);
    var end = now + told.orElse(doubt.pause());
    return (clues.areWhims() || !mayBeAllUntil(end, now))
        && !(told.isEmpty() && use.beyond())
        && doubt.delays(told.isPresent(), use.at(), end);
  }

  private Finding doubted(Verdict.Limited limited, long now) {
    if (limited.rest().isEmpty()) {
      heldUntil = Math.max(heldUntil, now + doubt.pause());
      return Finding.DOUBTED;
    }
    return clues.areWhims() ? Finding.DOUBTED : Finding.UNEXPLAINED;
  }

  /// Whether a refusal that names nothing is because of what ran. Who is told to wait for longer
  /// than a call takes has asked too much.
  private boolean isCrowd(Verdict.Limited limited, Use use, long now) {
    var asked = requests().used(now);
    return limited.window() == Window.UNKNOWN
        && limited.quota().isEmpty()
        && limited.rest().map(rest -> rest.toMillis() <= LONGEST_CALL).orElse(true)
        && !use.beyond()
        && !(requests().isKnown() && asked >= requests().limit() - 1)
        && atOnce().refused(use.others(), use.need(), asked, now);
  }

  /// The limit, where a key may go beyond it to see whether it still holds: where it is used up
  /// however the provider counts its minutes. Else [Gauge#UNKNOWN].
  public long tier(long now) {
    var stands =
        mayRun(now)
            && requests().isKnown()
            && !requests().isFresh(now)
            && requests().isFullByAnyClock(now)
            && now >= heldUntil
            && fitsButForRequests(now);
    return stands ? requests().limit() : Gauge.UNKNOWN;
  }

  /// More was served than the limit: it may be this by now.
  void raise(long next) {
    requests().raise(next);
  }

  /// Whether the requests alone have no room for another.
  boolean isBeyond(long now) {
    return !requests().hasRoom(now, Need.NONE);
  }

  /// Another key shares this: what it asked counts here as well.
  public void take(Quota other, long now) {
    requests().correct(now, other.requests().ours(now));
  }

  /// Has the limits of another that it is parted from.
  public void take(Quota shared) {
    if (shared.requests().isKnown()) {
      requests().lower(shared.requests().limit());
    }
  }

  /// The clock was turned to this time: nobody knows what still counts.
  void clear(long now) {
    forgetUse(now);
    heldUntil = Long.MIN_VALUE;
    strangeUntil = Long.MIN_VALUE;
    doubt.turned();
    if (atOnce != null) {
      atOnce.turned(now);
    }
    if (guess != null) {
      guess.turned(now);
    }
  }
}
