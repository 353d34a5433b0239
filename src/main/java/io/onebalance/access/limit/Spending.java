package io.onebalance.access.limit;

import io.onebalance.access.limit.Permit.Hold;
import io.onebalance.access.limit.Permit.Refused;
import io.onebalance.access.limit.Permit.Why;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one gateway key uses and spends.
///
/// Each method locks, for a few dozen nanoseconds: a request passes all limits or takes of none,
/// which no single atomic number could promise.
final class Spending {
  /// A wait for requests under way; nobody can know when they end.
  private static final Duration SOON = Duration.ofSeconds(1);

  /// How slowly the usual cost of a request follows what requests cost.
  private static final int MEMORY = 8;

  private static final int MOST_PERCENT = 1_000_000;

  private final String key;
  private final Meter requests = new Meter();
  private final Meter tokens = new Meter();
  private final Period day = Period.day();
  private final Period month = Period.month();
  private KeyLimits limits = KeyLimits.NONE;
  private Spent held = Spent.NOTHING;
  private Spent usual = Spent.NOTHING;
  private boolean isKnown;
  private long untoldRequests;
  private long untoldTokens;

  Spending(String key) {
    this.key = key;
  }

  synchronized Permit admit(KeyLimits now, Instant at, ZoneId zone, Elsewhere elsewhere) {
    limits = now;
    day.turnTo(at, zone);
    month.turnTo(at, zone);
    var refused = longer(rates(micros(at)), budgets(at, elsewhere));
    if (refused != null) {
      return refused;
    }
    requests.use(limits.of(Limit.REQUESTS_PER_MINUTE), micros(at), 1);
    untoldRequests++;
    return new Permit.Granted(hold());
  }

  /// What the request held is let go apart: see [Hold]. What is refused and what is only looked up
  /// costs nothing and says nothing of what requests usually cost: a client that asks on at its
  /// limit would wear away what is held.
  synchronized void charge(Charge charge, ZoneId zone) {
    day.turnTo(latest(charge.ended(), day), zone);
    month.turnTo(latest(charge.ended(), month), zone);
    var spent = charge.spent();
    day.add(charge.began(), spent);
    month.add(charge.began(), spent);
    tokens.use(limits.of(Limit.TOKENS_PER_MINUTE), micros(charge.ended()), spent.tokens());
    untoldTokens += spent.tokens();
    if (spent.tokens() > 0 || spent.nanos() > 0) {
      usual = isKnown ? nearer(spent) : spent;
      isKnown = true;
    }
  }

  /// What was used of limits a minute since this was asked last; empty where there is none.
  synchronized Optional<MinuteUse> takeUntold() {
    if (untoldRequests + untoldTokens == 0) {
      return Optional.empty();
    }
    var used = new MinuteUse(key, limits.aMinute(), untoldRequests, untoldTokens);
    untoldRequests = 0;
    untoldTokens = 0;
    return Optional.of(used).filter(it -> !it.limits().isFree());
  }

  /// Another instance used this of it.
  synchronized void hear(MinuteUse used, Instant now) {
    var known = limits.isFree() ? used.limits() : limits;
    requests.use(known.of(Limit.REQUESTS_PER_MINUTE), micros(now), used.requests());
    tokens.use(known.of(Limit.TOKENS_PER_MINUTE), micros(now), used.tokens());
  }

  /// What is told late belongs to its own day and does not bring that day back.
  private static Instant latest(Instant at, Period period) {
    return at.isBefore(period.from()) ? period.from() : at;
  }

  synchronized void restore(Spent today, Spent thisMonth, Instant now, ZoneId zone) {
    day.turnTo(now, zone);
    month.turnTo(now, zone);
    day.add(now, today);
    month.add(now, thisMonth);
  }

  /// What was spent, here and elsewhere.
  synchronized Standing standing(Instant now, ZoneId zone, Elsewhere elsewhere) {
    day.turnTo(now, zone);
    month.turnTo(now, zone);
    return new Standing(spent(day, elsewhere), day.until(), spent(month, elsewhere), month.until());
  }

  private Spent spent(Period period, Elsewhere elsewhere) {
    return period.spent().plus(elsewhere.since(key, period.from()));
  }

  /// The budgets that it was last asked with, and how much of them is spent, here and elsewhere.
  synchronized List<Used> used(Instant now, ZoneId zone, Elsewhere elsewhere) {
    var standing = standing(now, zone, elsewhere);
    return Stream.of(
            used(Limit.MONEY_PER_DAY, standing.today().micros()),
            used(Limit.TOKENS_PER_DAY, standing.today().tokens()),
            used(Limit.MONEY_PER_MONTH, standing.thisMonth().micros()),
            used(Limit.TOKENS_PER_MONTH, standing.thisMonth().tokens()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Used> used(Limit limit, long spent) {
    var number = limits.of(limit);
    if (number == KeyLimits.ANY) {
      return Optional.empty();
    }
    var percent = number == 0 ? 100 : (int) Math.min(MOST_PERCENT, spent * 100.0 / number);
    return Optional.of(new Used(key, limit, percent));
  }

  /// Whether nothing would be lost if this were forgotten.
  synchronized boolean isOver(Instant now) {
    return held.equals(Spent.NOTHING) && !now.isBefore(month.until());
  }

  private @Nullable Refused rates(long now) {
    return longer(
        rate(Limit.REQUESTS_PER_MINUTE, requests, now, Meter.WHOLE),
        rate(Limit.TOKENS_PER_MINUTE, tokens, now, Meter.ANYTHING));
  }

  private @Nullable Refused rate(Limit limit, Meter meter, long now, long need) {
    var number = limits.of(limit);
    var wait = meter.wait(number, now, need);
    return wait == 0
        ? null
        : new Refused(Why.RATE, limit, number, Duration.of(wait, ChronoUnit.MICROS));
  }

  private @Nullable Refused budgets(Instant now, Elsewhere elsewhere) {
    return longer(
        budget(Limit.MONEY_PER_DAY, Limit.TOKENS_PER_DAY, day, now, elsewhere),
        budget(Limit.MONEY_PER_MONTH, Limit.TOKENS_PER_MONTH, month, now, elsewhere));
  }

  private @Nullable Refused budget(
      Limit money, Limit count, Period period, Instant now, Elsewhere elsewhere) {
    if (limits.of(money) == KeyLimits.ANY && limits.of(count) == KeyLimits.ANY) {
      return null;
    }
    var spent = spent(period, elsewhere);
    var rest = Duration.between(now, period.until());
    return longer(
        budget(money, spent.micros(), held.micros(), rest),
        budget(count, spent.tokens(), held.tokens(), rest));
  }

  private @Nullable Refused budget(Limit limit, long spent, long held, Duration rest) {
    var number = limits.of(limit);
    if (spent >= number) {
      return new Refused(Why.SPENT, limit, number, rest);
    }
    return held > 0 && spent + held >= number ? new Refused(Why.HELD, limit, number, SOON) : null;
  }

  private static @Nullable Refused longer(@Nullable Refused one, @Nullable Refused other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.rest().compareTo(one.rest()) > 0 ? other : one;
  }

  private Hold hold() {
    if (!limits.hasBudget() || (usual.nanos() == 0 && usual.tokens() == 0)) {
      return Hold.NOTHING;
    }
    var mine = new Spent(usual.nanos(), usual.tokens(), 0);
    held = held.plus(mine);
    return new Hold(() -> letGo(mine));
  }

  private synchronized void letGo(Spent mine) {
    held = new Spent(held.nanos() - mine.nanos(), held.tokens() - mine.tokens(), 0);
  }

  private Spent nearer(Spent spent) {
    return new Spent(
        usual.nanos() + (spent.nanos() - usual.nanos()) / MEMORY,
        usual.tokens() + (spent.tokens() - usual.tokens()) / MEMORY,
        0);
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }
}
