package io.onebalance.cli;

import io.onebalance.cli.keys.Visiting;
import java.util.List;

/// The program that verbs think they have: it does nothing, and ends each time in another way.
public final class Pretence {
  public static final int SERVED = 42;
  public static final int REHEARSED = 43;
  public static final int MOVED = 44;
  public static final int VISITED = 45;

  private static final Simulating SIMULATING =
      wish -> new Simulating.Told(List.of(), List.of(wish.scenario()), "");

  private static final Visiting VISITING = (_, _) -> VISITED;

  private Pretence() {}

  public static Powers powers() {
    return powers((_, _) -> SERVED, (_, _) -> REHEARSED);
  }

  /// With this in place of the servers.
  public static Powers powers(Serving serving, Serving rehearsal) {
    return new Powers(serving, rehearsal, VISITING, (_, _, _, _) -> MOVED, SIMULATING);
  }

  /// With this in place of what opens databases.
  public static Powers powers(Visiting visiting) {
    return new Powers(
        (_, _) -> SERVED, (_, _) -> REHEARSED, visiting, (_, _, _, _) -> MOVED, SIMULATING);
  }

  /// With this in place of what plays scenarios.
  public static Powers powers(Simulating simulating) {
    return new Powers(
        (_, _) -> SERVED, (_, _) -> REHEARSED, VISITING, (_, _, _, _) -> MOVED, simulating);
  }
}
