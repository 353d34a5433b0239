package io.onebalance.key.quota.gauge;

import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import org.jspecify.annotations.Nullable;

/// One limit of a key for a model: how much of what may be used in a window, how sure that is, how
/// much is used, and when there is room again.
public final class Gauge extends Count {
  /// No limit is known.
  public static final long UNKNOWN = Long.MAX_VALUE;

  /// What is sent at one moment is counted at another. A window ends for us so much later than it
  /// began, and later still where that turned out too soon.
  private static final int LATE = 128;

  private static final int LATEST = 2048;
  private static final int LATER = 4;

  /// With less than this part of its tokens left, a key is not worth a look.
  private static final int LEAST_PART = 64;

  /// Estimates of tokens are thought to be too low by this part, but by no more than that part of
  /// the limit.
  private static final int CAUTION = 4;

  private static final int MOST_CAUTION = 32;

  /// Less than this part of a limit is not missed but on its way.
  private static final int MISSED = 10;

  /// By this part a limit grows that is used up and not met.
  private static final int GROWTH = 64;

  /// In so many parts of a window that rolls.
  private static final int SPREAD = 24;

  private final Kind kind;
  private long limit = UNKNOWN;
  private long before = UNKNOWN;
  private int late = LATE;
  private boolean told;
  private long toldAt = Long.MIN_VALUE;
  private @Nullable Others others;
  private long minute;
  private long inMinute;

  Gauge(Kind kind, Span span) {
    super(span);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public Window window() {
    return span().window();
  }

  /// [#UNKNOWN] where there is none that we know of.
  public long limit() {
    return limit;
  }

  /// Whether the provider named the limit; else it was learnt by counting.
  public boolean isTold() {
    return told;
  }

  /// Whether a limit is known.
  public boolean isKnown() {
    return limit != UNKNOWN;
  }

  /// Whether the provider named the limit within the last few windows.
  public boolean isFresh(long now) {
    return told && now - toldAt < 2 * span().length();
  }

  /// What is used: by us, by requests under way, and by others as far as the provider tells.
  public long used(long now) {
    return sum(now) + others(now);
  }

  /// What is used by us.
  public long ours(long now) {
    return sum(now);
  }

  /// What is left of the limit; [#UNKNOWN] where there is none that we know of.
  public long left(long now) {
    return isKnown() ? limit - used(now) : UNKNOWN;
  }

  void use(long now, Need need) {
    var amount = need.of(kind);
    if (amount > 0) {
      add(now, late, amount);
      inMinute = (minuteOf(now) == minute ? inMinute : 0) + amount;
      minute = minuteOf(now);
    }
  }

  /// What is used by us in the window that the clock shows.
  public long byClock(long now) {
    return minuteOf(now) == minute ? inMinute : 0;
  }

  /// Whether the limit is used up, both of the last minute and of the minute that the clock shows.
  public boolean isFullByAnyClock(long now) {
    return used(now) >= limit && minuteOf(now) == minute && inMinute >= limit;
  }

  /// What was thought to be used at that time is by so much more, or less. Where the provider told
  /// since then what is left, it was not others who used what we had thought too little.
  public void correct(long then, long by) {
    if (by != 0) {
      inMinute += minuteOf(then) == minute ? by : 0;
      add(then, late, by);
      if (others != null && by > 0) {
        others.take(by, then);
      }
    }
  }

  /// Another instance used so much more, or less, at that time. What the provider said that others
  /// use, this may be part of: it tells anew with its next answer.
  void hear(long then, long by) {
    if (others != null && by > 0) {
      others.take(by);
    }
    correct(then, by);
  }

  /// Whether there is room for this now.
  public boolean hasRoom(long now, Need need) {
    return !isKnown() || used(now) + wanted(need) <= limit;
  }

  /// When there is room for this, if nothing else is used meanwhile.
  long roomAt(long now, Need need) {
    if (!isKnown()) {
      return now;
    }
    var most = limit - wanted(need);
    var theirs = others(now);
    if (others != null && theirs > most) {
      return Math.max(others.until(), freeAt(now, Math.max(0, most)));
    }
    return freeAt(now, Math.max(0, most - theirs));
  }

  /// When the first of what is used counts no more.
  long oneLessAt(long now) {
    return freeAt(now, sum(now) - 1);
  }

  /// What needs more than there ever is has room when nothing else is used: estimates are only
  /// that. What needs nothing of this kind, as far as we know, needs a little.
  private long wanted(Need need) {
    if (kind == Kind.REQUESTS) {
      return 1;
    }
    var needed = need.of(kind);
    var doubt = Math.min(needed / CAUTION, limit / MOST_CAUTION);
    return Math.min(Math.max(needed + doubt, 1 + limit / LEAST_PART), limit);
  }

  /// Whether this is better than what is known here: the provider's word goes before what was
  /// learnt by counting, and of two equal ones the later.
  boolean believes(Learnt known, long at) {
    return !isKnown() || (known.told() ? !told || at >= toldAt : !told);
  }

  /// What was known of it before a restart, or at another instance. The limit is believed as one
  /// that may have been lifted since. Nobody knows when within a window that rolls it was used: it
  /// is thought of as spread.
  void recall(Learnt known, long at) {
    var uncounted = uncounted(known, at);
    limit = known.limit();
    told = known.told();
    before = UNKNOWN;
    var parts = span().rolls() ? SPREAD : 1;
    for (var part = 0; part < parts; part++) {
      var amount = uncounted * (part + 1) / parts - uncounted * part / parts;
      if (amount > 0) {
        add(at - (parts - 1 - part) * (span().length() / parts), late, amount);
      }
    }
  }

  /// What was used and is not counted here. Instances tell each other what they use, so that a
  /// little is only on its way; more is what this one missed while it heard nobody.
  private long uncounted(Learnt known, long at) {
    var missing = Math.max(0, known.used() - sum(at));
    return isKnown() && missing < known.limit() / MISSED ? 0 : missing;
  }

  /// The provider says that this is the limit.
  public void tell(long value, long now) {
    limit = Math.max(1, value);
    told = true;
    toldAt = now;
  }

  /// The provider says that so much is left until then. Where we think it is more, others use the
  /// key too.
  void tellLeft(long left, long until, long now) {
    theirs()
        .tell(Math.max(0, limit - left - sum(now)), Math.min(until, now + span().length()), now);
  }

  /// Whether it is no wonder that there was no room for so much: estimates of tokens are not exact.
  public boolean isExplainedBy(long needed, long now) {
    return kind == Kind.REQUESTS
        ? 10 * ours(now) >= 9 * limit - 10
        : 2 * (used(now) + needed) >= limit;
  }

  /// Less is left than was needed, whoever used it. Of requests that means none.
  public void lacks(long needed, long until, long now) {
    var left =
        kind == Kind.REQUESTS
            ? 0
            : Math.max(0, Math.min(limit - used(now), Math.min(limit, needed) - 1));
    theirs().lack(limit - sum(now) - left, until, now);
  }

  /// What was tried at that time was served: if others had used it all before, they have not. What
  /// was told since, with this very answer perhaps, still holds.
  void disprove(long then) {
    if (others != null) {
      others.disprove(then, limit - sum(then));
    }
  }

  /// A refusal at this count, which is below the limit: the limit is no higher.
  public void lower(long count) {
    before = limit;
    limit = count;
    told = false;
  }

  /// The last refusal that lowered this was about something else.
  public void undo() {
    if (before != UNKNOWN && before > limit) {
      limit = before;
    }
    before = UNKNOWN;
  }

  /// More was served than the limit: it is this by now, or nobody knows. One that the provider
  /// named is not forgotten for that, since windows may begin elsewhere than we think: at first it
  /// is thought of as doubled.
  public void raise(long next) {
    before = UNKNOWN;
    limit = next > limit && next != UNKNOWN ? next : told ? 2 * limit : UNKNOWN;
    told = false;
  }

  /// It was used up without a refusal: it may be a little higher than we think.
  public void grow() {
    limit += Math.max(1, limit / GROWTH);
  }

  /// Whether a refusal so near to the limit may be one of time: the window ended for us sooner than
  /// for the provider. Each time it ends later from then on.
  public boolean comesLater() {
    if (late >= LATEST) {
      return false;
    }
    late *= LATER;
    return true;
  }

  /// The clock was turned to this time: what was used is forgotten, the limit is not.
  void turned(long now) {
    clear();
    others = null;
    toldAt = Math.min(toldAt, now);
  }

  private long minuteOf(long now) {
    return now / span().length();
  }

  private long others(long now) {
    return others == null ? 0 : others.used(now);
  }

  private Others theirs() {
    others = others == null ? new Others() : others;
    return others;
  }
}
