package io.onebalance.relay.plan.memory;

import io.onebalance.route.resource.Resources;
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

  /// The key that made a resource which a request names: no other key could see it. Of several the
  /// first that is known; empty where none is.
  default Optional<String> ownerOf(String provider, String path, String query, byte[] body) {
    return isEmpty()
        ? Optional.empty()
        : Resources.named(path, query, body).stream()
            .flatMap(name -> keyOf(provider, name).stream())
            .findFirst();
  }
}
