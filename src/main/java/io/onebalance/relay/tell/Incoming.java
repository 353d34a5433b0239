package io.onebalance.relay.tell;

import io.onebalance.http.StopsHere;
import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import io.vertx.core.MultiMap;

/// The fields of an upstream's answer that the client gets.
final class Incoming {
  private Incoming() {}

  /// Copies what may pass. A value that holds one of the secrets is left out whole (S26).
  static void copy(MultiMap from, MultiMap to, Secret... secrets) {
    for (var field : from) {
      var value = field.getValue();
      if (!StopsHere.answer(field.getKey()) && !Scrub.holds(value, secrets)) {
        to.add(field.getKey(), value);
      }
    }
  }
}
