package io.onebalance.key.lane;

import io.onebalance.key.roster.HealthTable;
import java.util.random.RandomGenerator;

/// How keys that are all ready are told apart. Each is asked in turn whether it takes its turn: a
/// good one always does, an ailing or a crowded one only now and then. What else should count (the
/// room left in a quota) belongs here.
public final class Preference {
  /// A key may have so many times its fair share of the requests in flight, and one more, before it
  /// counts as crowded.
  private static final double CROWDED = 2;

  private final HealthTable health;
  private final RandomGenerator chance;

  public Preference(HealthTable health, RandomGenerator chance) {
    this.health = health;
    this.chance = chance;
  }

  /// How many requests a key may have in flight before it is crowded, given its fair share of them.
  double room(double fairShare) {
    return 1 + CROWDED * fairShare;
  }

  /// How much of its turn a key deserves, 0 to 1.
  double share(int number, double room, long now) {
    var inFlight = health.inFlight(number);
    var space = inFlight <= room ? 1 : room / (inFlight + 1);
    return health.worth(number, now) * space;
  }

  /// Whether a key has no more requests in flight than there is room for.
  boolean isFree(int number, double room) {
    return health.inFlight(number) <= room;
  }

  boolean takes(double share) {
    return share >= 1 || chance.nextDouble() < share;
  }

  RandomGenerator chance() {
    return chance;
  }
}
