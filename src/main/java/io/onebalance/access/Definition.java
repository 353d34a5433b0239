package io.onebalance.access;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.secret.Secret;
import java.time.Instant;
import java.util.List;

/// One gateway key as AUTH_KEY defines it: its digest, its last moment, and what it grants. The key
/// itself is not kept: all that is ever asked is whether another text is the same.
record Definition(Digest digest, Instant lastMoment, Grant grant) {
  /// In force until the end of time.
  static final Instant FOREVER = Instant.MAX;

  private static final int ID_BYTES = 12;

  static Definition of(Secret key, Instant lastMoment, String label, List<Group> groups) {
    var digest = Digest.ofKey(key.reveal());
    var grant = new Grant(digest.hex(ID_BYTES), label, groups, KeyLimits.NONE);
    return new Definition(digest, lastMoment, grant);
  }

  Definition with(KeyLimits limits) {
    return new Definition(digest, lastMoment, grant.with(limits));
  }

  boolean expired(Instant now) {
    return now.isAfter(lastMoment);
  }
}
