package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.KeyGroup;
import io.onebalance.simulate.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// All keys of a scenario, as they truly are. The same seed gives the same keys.
public record Keyring(List<PretendKey> keys, int accounts) {
  private static final long SALT = 0x6b65_7973L;

  public Keyring {
    keys = List.copyOf(keys);
  }

  public static Keyring of(Scenario scenario) {
    var chance = new SplittableRandom(scenario.seed() ^ SALT);
    var keys = new ArrayList<PretendKey>(scenario.keyCount());
    var accounts = 0;
    for (var group : scenario.keys()) {
      add(group, accounts, chance, keys);
      accounts += group.quotas();
    }
    return new Keyring(keys, accounts);
  }

  public PretendKey key(int number) {
    return keys.get(number);
  }

  public int size() {
    return keys.size();
  }

  /// The dead and the flapping are exactly so many as the group says, and lie anywhere in it.
  private static void add(
      KeyGroup group, int firstAccount, SplittableRandom chance, List<PretendKey> keys) {
    var dead = (int) Math.round(group.ailments().dead() * group.count());
    var flapping = group.ailments().flapping();
    var flaps = (int) Math.round(flapping.share() * group.count());
    var left = group.count();
    for (var i = 0; i < group.count(); i++, left--) {
      var drawn = chance.nextInt(left);
      var account = firstAccount + i % group.quotas();
      var phase =
          drawn >= dead && drawn < dead + flaps
              ? chance.nextLong(flapping.up() + flapping.down())
              : PretendKey.STEADY;
      keys.add(new PretendKey(keys.size(), group, account, drawn < dead, phase));
      dead -= drawn < dead ? 1 : 0;
      flaps -= phase == PretendKey.STEADY ? 0 : 1;
    }
  }
}
