package io.onebalance.key;

import java.util.random.RandomGenerator;

/// How keys that are all ready are told apart. Each is asked in turn whether it takes its turn: a
/// good one always does, an ailing or a crowded one only now and then. What else should count (the
/// room left in a quota) belongs here.
final class Preference {
  /// A key may have so many times its fair share of the requests in flight, and one more, before it
  /// counts as crowded.
  private static final double CROWDED = 2;

  private final RandomGenerator chance;

  Preference(RandomGenerator chance) {
    this.chance = chance;
  }

  /// How much of its turn a key deserves, 0 to 1. `load` is the requests in flight for each unit of
  /// ready weight.
  double share(Member member, double load, long now) {
    var room = 1 + CROWDED * load * member.weight();
    var space = member.inFlight() <= room ? 1 : room / (member.inFlight() + 1);
    return member.pulse().worth(now) * space;
  }

  boolean takes(double share) {
    return share >= 1 || chance.nextDouble() < share;
  }

  RandomGenerator chance() {
    return chance;
  }
}
