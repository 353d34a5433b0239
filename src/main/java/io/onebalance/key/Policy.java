package io.onebalance.key;

import io.onebalance.provider.limit.Windows;
import java.util.Map;

/// What the operator decides about resting keys. `consecutive429Threshold` limits in a row without
/// a told time make the rest long; `recoveryThreshold` failures in a row of a key's own making
/// bench it. `windows` tells, by provider, when quotas start anew; of a provider not named there
/// nobody knows, and a day lasts 24 hours from the limit.
public record Policy(
    int consecutive429Threshold, int recoveryThreshold, Map<String, Windows> windows) {
  /// More than so many times the recovery threshold of failures in a row, and nobody expects the
  /// key back.
  private static final int HOPELESS = 10;

  public Policy {
    atLeastOne("consecutive-429-threshold", consecutive429Threshold);
    atLeastOne("recovery-threshold", recoveryThreshold);
    windows = Map.copyOf(windows);
  }

  public Policy(int consecutive429Threshold, int recoveryThreshold) {
    this(consecutive429Threshold, recoveryThreshold, Map.of());
  }

  /// When the quotas of this provider start anew.
  public Windows windows(String provider) {
    return windows.getOrDefault(provider, Windows.UNTOLD);
  }

  /// Whether a key has failed so often in a row that the cleanup may take it.
  public boolean givesUpOn(Health health) {
    return health.consecutiveFailures() > (long) HOPELESS * recoveryThreshold;
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed: 1 and more");
    }
  }
}
