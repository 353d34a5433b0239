package io.onebalance.settings;

import java.util.List;

/// What came of reading the settings again.
public sealed interface Reload {
  /// The new settings are in force, but for those that wait for a restart.
  record Applied(Loaded now, List<String> changed, List<String> waitingForRestart)
      implements Reload {
    public Applied {
      changed = List.copyOf(changed);
      waitingForRestart = List.copyOf(waitingForRestart);
    }
  }

  /// Nothing is set differently.
  record Same() implements Reload {}

  /// The new settings cannot be used; the old ones go on.
  record Refused(BadSettings why) implements Reload {}
}
