package io.onebalance.store.issue;

import io.onebalance.access.Group;
import io.onebalance.access.limit.rules.KeyLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A gateway key as it was issued. `tail` is the end of the key, all of it that is kept in words;
/// `expires` is its last second; `formerUntil` is how long the key before the last rotation still
/// opens.
public record IssuedKey(
    String id,
    String name,
    String tail,
    Terms terms,
    Optional<Instant> formerUntil,
    Instant createdAt,
    Instant updatedAt) {

  /// What can be changed of a key: what it may do and use, and whether and until when it opens.
  /// Without groups it may do everything.
  public record Terms(
      List<Group> groups, KeyLimits limits, boolean enabled, Optional<Instant> expires) {
    public Terms {
      groups = List.copyOf(groups);
    }

    /// The same, but for whether it opens.
    public Terms enabled(boolean opens) {
      return new Terms(groups, limits, opens, expires);
    }
  }
}
