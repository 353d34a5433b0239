package io.onebalance.simulate.possible;

import io.onebalance.simulate.scenario.KeyGroup;
import io.onebalance.simulate.scenario.Limit;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.PretendKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Quotas that are alike and whose keys work at the same times, summed up: what one model may spend
/// of them.
final class Tier {
  private final KeyGroup group;
  private final List<PretendKey> rhythm;
  private final int quotas;
  private final List<Budget> budgets;
  private boolean up;

  /// `rhythm` holds the keys of which one must be up; empty where one always is.
  private Tier(KeyGroup group, List<PretendKey> rhythm, int quotas, double meanMillis) {
    this.group = group;
    this.rhythm = rhythm;
    this.quotas = quotas;
    budgets = group.plan().limits().stream().map(limit -> Budget.of(limit, meanMillis)).toList();
  }

  /// The tiers of a keyring, for one model. Those that come and go are first, to be used while they
  /// are there; those with a day's quota are last.
  static List<Tier> of(Scenario scenario, Keyring keyring) {
    var mean = scenario.provider().first().mean() + scenario.provider().rest().mean();
    var steady = new LinkedHashMap<KeyGroup, Integer>();
    var tiers = new ArrayList<Tier>();
    for (var keys : byAccount(keyring).values()) {
      var living = keys.stream().filter(key -> !key.dead()).toList();
      if (living.stream().anyMatch(key -> !key.flaps())) {
        steady.merge(keys.getFirst().group(), 1, Integer::sum);
      } else if (!living.isEmpty()) {
        tiers.add(new Tier(living.getFirst().group(), living, 1, mean));
      }
    }
    steady.forEach((group, count) -> tiers.add(new Tier(group, List.of(), count, mean)));
    tiers.sort(Comparator.comparing(Tier::hasDay));
    return tiers;
  }

  private static Map<Integer, List<PretendKey>> byAccount(Keyring keyring) {
    var accounts = new LinkedHashMap<Integer, List<PretendKey>>();
    for (var key : keyring.keys()) {
      accounts.computeIfAbsent(key.account(), _ -> new ArrayList<>(1)).add(key);
    }
    return accounts;
  }

  private boolean hasDay() {
    return group.plan().limits().stream().anyMatch(limit -> limit.span() == Limit.Span.DAY);
  }

  void step(long now, long sinceStart) {
    up = rhythm.isEmpty() || rhythm.stream().anyMatch(key -> key.isUp(sinceStart));
    var factor = group.plan().factor(sinceStart) * quotas;
    for (var budget : budgets) {
      var most = budget.limit().amount() * factor;
      var span = budget.limit().span();
      budget.step(now, most);
      if (group.others() > 0 && span != Limit.Span.NONE) {
        budget.spend(most * group.others() * Clairvoyant.STEP / span.millis());
      }
    }
  }

  boolean fits(double input, double output) {
    if (!up) {
      return false;
    }
    for (var budget : budgets) {
      if (!budget.fits(budget.limit().kind().cost(input, output))) {
        return false;
      }
    }
    return true;
  }

  void spend(double input, double output) {
    for (var budget : budgets) {
      budget.spend(budget.limit().kind().cost(input, output));
    }
  }
}
