package io.onebalance.alert;

import java.time.Duration;
import java.util.Set;

/// When there is something to tell.
///
/// @param told the kinds that are told at all
/// @param readyPercent a pool is low while fewer of its keys are ready
/// @param budgetPercent a budget is near its end from here on
/// @param patience how long something has to last before it is told, and to be over
/// @param failures a provider is down when it failed so often in a minute and served nobody
public record Rules(
    Set<Alert.Kind> told, int readyPercent, int budgetPercent, Duration patience, int failures) {
  public Rules {
    told = Set.copyOf(told);
  }
}
