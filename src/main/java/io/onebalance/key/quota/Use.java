package io.onebalance.key.quota;

import org.jspecify.annotations.Nullable;

/// What a request reserved of a key's quota, and when. `beyond` says that the key had no room for
/// it by our count.
///
/// @param quota null where nothing is counted
public record Use(@Nullable Quota quota, long at, Need need, boolean beyond) {
  public static final Use UNCOUNTED = new Use(null, 0, Need.NONE, false);
}
