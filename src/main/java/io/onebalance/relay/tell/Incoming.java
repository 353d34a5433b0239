package io.onebalance.relay.tell;

import io.onebalance.http.StopsHere;
import io.onebalance.secret.Secret;
import io.vertx.core.MultiMap;

/// The fields of an upstream's answer that the client gets.
final class Incoming {
  private Incoming() {}

  /// Copies what may pass. A value that holds the key is left out whole (S26): hardly any is as
  /// long as a key, so looking costs nothing.
  static void copy(MultiMap from, MultiMap to, Secret key) {
    var secret = key.reveal();
    for (var field : from) {
      var value = field.getValue();
      var tells = value.length() >= secret.length() && value.contains(secret);
      if (!tells && !StopsHere.answer(field.getKey())) {
        to.add(field.getKey(), value);
      }
    }
  }
}
