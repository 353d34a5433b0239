package io.onebalance.simulate;

import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.possible.Clairvoyant;
import io.onebalance.simulate.scenario.KeyGroup;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Keyring;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/// Plays a scenario with any policy, beside what was possible.
public final class Simulation {
  /// No search goes beyond so many keys.
  private static final int MOST_KEYS = 1_000_000;

  private final Setting setting;
  private final LongSupplier nanos;
  private final long[] possible;
  private final long ceiling;

  /// `nanos` tells the time outside, in nanoseconds; it is only read to tell what a choice takes.
  public Simulation(Setting setting, LongSupplier nanos) {
    this.setting = setting;
    this.nanos = nanos;
    var models = setting.models().size();
    var scenario = setting.scenario();
    possible = Clairvoyant.served(scenario, setting.keyring(), models, setting.arrivals().get());
    ceiling = Clairvoyant.ceiling(scenario, setting.keyring(), models);
  }

  public Report play(Policies policy) {
    var tally = new Play(setting, policy, nanos).played(setting.arrivals().get());
    return tally.report(policy.word(), possible, ceiling);
  }

  /// How many keys our policy needs so that this part of all requests is served, the groups in
  /// proportion; empty where even a million are too few.
  public static OptionalInt need(Setting setting, double part, LongSupplier nanos) {
    var scenario = setting.scenario();
    var groups = scenario.keys().size();
    var low = 0;
    var high = Math.max(groups, scenario.keyCount());
    while (!suffices(setting, high, part, nanos)) {
      low = high;
      if (high >= MOST_KEYS) {
        return OptionalInt.empty();
      }
      high = Math.min(MOST_KEYS, 2 * high);
    }
    while (high - low > 1) {
      var middle = low + (high - low) / 2;
      if (suffices(setting, middle, part, nanos)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalInt.of(high);
  }

  private static boolean suffices(Setting setting, int keys, double part, LongSupplier nanos) {
    var sized = sized(setting.scenario(), keys);
    var other = new Setting(sized, Keyring.of(sized), setting.models(), setting.arrivals());
    var tally = new Play(other, Policies.OURS, nanos).played(setting.arrivals().get());
    return tally.servedPart() >= part;
  }

  private static Scenario sized(Scenario scenario, int keys) {
    var all = scenario.keyCount();
    List<KeyGroup> groups =
        scenario.keys().stream()
            .map(group ->
                group.sized((int) Math.max(1, Math.round((double) group.count() * keys / all))))
            .toList();
    return scenario.with(groups);
  }
}
