package io.onebalance.store;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A standing in which nothing is empty, for tests of what is written of one.
public final class RichStanding {
  public static final Health HEALTH = new Health(Duration.ofMillis(321), 0.875, 3, at(50), at(40));

  public static final Standing RICH =
      new Standing(
          State.ACTIVE,
          Map.of(
              "models/\"odd\" name",
              new Cooling(at(3600), Duration.ofSeconds(7200), "per day", 2),
              Cooling.WHOLE_KEY,
              new Cooling(at(65), Duration.ofSeconds(65), "per minute", 0)),
          Duration.ofSeconds(9000),
          HEALTH);

  private RichStanding() {}

  /// So many seconds after the tests' clock begins.
  public static Instant at(long seconds) {
    return Rig.START.plusSeconds(seconds);
  }
}
