package io.onebalance.relay.plan.memory;

import java.util.Collection;
import java.util.Optional;

/// Remembers which key made a resource (a file, a batch, a stored response): it is asked for again
/// with that key, because no other key can see it. Thread-safe, and never waits.
public interface Belongings {
  /// Whether nothing is remembered: then requests need not be searched for what they name.
  boolean isEmpty();

  /// The id of the key that made the resource, if it is remembered.
  Optional<String> keyOf(String provider, String resource);

  /// This key made this resource.
  void made(String provider, String resource, String keyId);

  /// The key that made the first of these resources that is known.
  default Optional<String> ownerOf(String provider, Collection<String> resources) {
    return resources.stream().flatMap(name -> keyOf(provider, name).stream()).findFirst();
  }
}
