package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Need;
import org.jspecify.annotations.Nullable;

/// What a request reserved of a key's quota, and when. `beyond` says that the key had no room for
/// it by our count.
///
/// @param quota null where nothing is counted
/// @param others how many other requests of the key ran then
public record Use(@Nullable Quota quota, long at, Need need, boolean beyond, int others) {
  public static final Use UNCOUNTED = new Use(null, 0, Need.NONE, false, 0);
}
