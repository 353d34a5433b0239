package io.onebalance.access.limit.rules;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/// The limits that the settings name: those of every gateway key, and those of some by name. Days
/// and months begin in `zone`.
public record LimitTable(ZoneId zone, KeyLimits byDefault, Map<String, KeyLimits> named) {
  public static final LimitTable EMPTY = new LimitTable(ZoneOffset.UTC, KeyLimits.NONE, Map.of());

  public LimitTable {
    named = Map.copyOf(named);
  }

  /// The limits of the key with this place in AUTH_KEY (`key-2`), which may also be named by its
  /// id.
  public KeyLimits of(String place, String id) {
    var own = named.getOrDefault(id, named.getOrDefault(place, KeyLimits.NONE));
    return own.over(byDefault);
  }
}
