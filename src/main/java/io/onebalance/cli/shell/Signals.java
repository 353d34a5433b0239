package io.onebalance.cli.shell;

import sun.misc.Signal;

/// What the system tells a program that runs: SIGHUP asks a server to read its settings again,
/// SIGTERM and SIGINT ask it to stop. Left alone each would end the program. `sun.misc.Signal` is
/// the only way to hear them in Java; see the decisions.
public final class Signals {
  private static final String HANGUP = "HUP";
  private static final String TERMINATE = "TERM";
  private static final String INTERRUPT = "INT";

  private Signals() {}

  /// Runs the action at each SIGHUP, on a thread of its own. Says false where the system has no
  /// such signal (Windows), or where the virtual machine was told to leave signals alone.
  public static boolean onHangup(Runnable action) {
    return on(HANGUP, action);
  }

  /// Runs the action each time the program is told to stop, instead of stopping it. Where the
  /// virtual machine was told to leave signals alone, it ends by itself.
  public static void onStop(Runnable action) {
    on(TERMINATE, action);
    on(INTERRUPT, action);
  }

  private static boolean on(String name, Runnable action) {
    try {
      Signal.handle(new Signal(name), _ -> action.run());
      return true;
    } catch (IllegalArgumentException noSuchSignal) {
      return false;
    }
  }

  /// Sends SIGHUP to this very program, for those who want to see it arrive.
  static void raiseHangup() {
    Signal.raise(new Signal(HANGUP));
  }
}
