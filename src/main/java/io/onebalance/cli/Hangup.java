package io.onebalance.cli;

import sun.misc.Signal;

/// The signal SIGHUP, which asks a server to read its settings again. Left alone it would end the
/// program. `sun.misc.Signal` is the only way to hear it in Java; see the decisions.
public final class Hangup {
  private static final String NAME = "HUP";

  private Hangup() {}

  /// Runs the action at each SIGHUP, on a thread of its own. Says false where the system has no
  /// such signal (Windows), or where the virtual machine was told to leave signals alone.
  public static boolean calls(Runnable action) {
    try {
      Signal.handle(new Signal(NAME), _ -> action.run());
      return true;
    } catch (IllegalArgumentException noSuchSignal) {
      return false;
    }
  }

  /// Sends the signal to this very program, for those who want to see it arrive.
  static void raise() {
    Signal.raise(new Signal(NAME));
  }
}
