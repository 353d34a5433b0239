package io.onebalance.access.limit;

import io.onebalance.access.limit.rules.KeyLimits;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What every gateway key uses and spends. It outlives a reload: new limits meet what was spent
/// before. Keys without limits are counted too, so that limits set later find their sums.
///
/// A budget is a bound with a known slack: it is overrun at most by what the requests that were
/// under way at that moment cost more than was held for them. Each holds what its key's requests
/// usually cost, and there are no more of them than may run at once.
///
/// Thread-safe; event loops share it.
public final class Spendings {
  /// More gateway keys than can be defined and issued at once; beyond it those go whose month is
  /// over.
  static final int MOST = 20_000;

  private static final Permit FREE = new Permit.Granted(Permit.Hold.NOTHING);

  private final ConcurrentMap<String, Spending> byKey = new ConcurrentHashMap<>();
  private final Elsewhere elsewhere;
  private volatile ZoneId zone = ZoneOffset.UTC;

  public Spendings() {
    this(Elsewhere.NOWHERE);
  }

  public Spendings(Elsewhere elsewhere) {
    this.elsewhere = elsewhere;
  }

  /// From now on days and months begin in this zone.
  public void zone(ZoneId now) {
    zone = now;
  }

  /// Whether a request of this gateway key may begin; it is counted if so.
  public Permit admit(String key, KeyLimits limits, Instant now) {
    return limits.isFree() ? FREE : spending(key, now).admit(limits, now, zone, elsewhere);
  }

  /// What a request cost, told once, when it is over.
  public void charge(String key, Charge charge) {
    if (!key.isEmpty()) {
      spending(key, charge.ended()).charge(charge, zone);
    }
  }

  /// Takes over what was spent today and this month before this program started. To be called once,
  /// before the first request.
  public void restore(Earlier earlier, Instant now) {
    var today = Period.day();
    var month = Period.month();
    today.turnTo(now, zone);
    month.turnTo(now, zone);
    var ofToday = earlier.between(today.from(), today.until());
    earlier
        .between(month.from(), month.until())
        .forEach((key, spent) ->
            spending(key, now).restore(ofToday.getOrDefault(key, Spent.NOTHING), spent, now, zone));
  }

  /// What a gateway key spent; empty where it never asked.
  public Optional<Standing> standing(String key, Instant now) {
    return Optional.ofNullable(byKey.get(key))
        .or(() -> spentElsewhere(key, now))
        .map(spending -> spending.standing(now, zone, elsewhere));
  }

  /// How much is spent of the budgets of all keys that asked.
  public List<Used> used(Instant now) {
    return byKey.values().stream()
        .flatMap(spending -> spending.used(now, zone, elsewhere).stream())
        .toList();
  }

  private Optional<Spending> spentElsewhere(String key, Instant now) {
    var month = Period.month();
    month.turnTo(now, zone);
    return elsewhere.since(key, month.from()).equals(Spent.NOTHING)
        ? Optional.empty()
        : Optional.of(new Spending(key));
  }

  /// What was used here of limits a minute since this was asked last, for the other instances.
  public List<MinuteUse> takeUntold() {
    return byKey.values().stream().map(Spending::takeUntold).flatMap(Optional::stream).toList();
  }

  /// Another instance used this, which counts as what is used here.
  public void usedElsewhere(MinuteUse used, Instant now) {
    spending(used.key(), now).hear(used, now);
  }

  private Spending spending(String key, Instant now) {
    var known = byKey.get(key);
    if (known != null) {
      return known;
    }
    if (byKey.size() >= MOST) {
      byKey.values().removeIf(spending -> spending.isOver(now));
    }
    return byKey.computeIfAbsent(key, Spending::new);
  }
}
