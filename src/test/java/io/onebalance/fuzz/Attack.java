package io.onebalance.fuzz;

/// What Jazzer calls, by the names that it looks for. Its argument names the [Target].
public final class Attack {
  private static Target target =
      _ -> {
        throw new IllegalStateException("no target was named");
      };

  private Attack() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = Targets.named(arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.attack(input);
  }
}
