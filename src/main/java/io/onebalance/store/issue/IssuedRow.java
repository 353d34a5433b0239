package io.onebalance.store.issue;

import io.onebalance.access.Grant;
import io.onebalance.access.Issued;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An issued key with the hashes by which it is known.
record IssuedRow(IssuedKey key, byte[] hash, Optional<byte[]> formerHash) {
  /// By which of its hashes it is let in, until some time.
  List<byte[]> opening() {
    return key.terms().enabled()
        ? Stream.concat(Stream.of(hash), formerHash.stream()).toList()
        : List.of();
  }

  /// Of two last moments the earlier one; none is never.
  Issued.Key until(Optional<Instant> other) {
    var expires = key.terms().expires().orElse(Instant.MAX);
    var last = other.filter(it -> it.isBefore(expires)).orElse(expires);
    var label = key.name() + " …" + key.tail();
    return new Issued.Key(
        new Grant(key.id(), label, key.terms().groups(), key.terms().limits()), last);
  }
}
