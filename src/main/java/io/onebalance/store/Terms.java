package io.onebalance.store;

import io.onebalance.store.file.Schema;
import java.time.Duration;
import java.util.Optional;

/// How a database is opened: the schema to bring it to, how long to wait for somebody else's lock,
/// and how often what was learnt is written (never by itself when empty).
public record Terms(Schema schema, Duration patience, Optional<Duration> pace) {
  static final Terms USUAL =
      new Terms(Schema.CURRENT, Duration.ofMillis(1500), Optional.of(Duration.ofMillis(500)));

  /// Nothing is written until somebody asks for it.
  public static Terms byHand() {
    return new Terms(Schema.CURRENT, Duration.ofSeconds(10), Optional.empty());
  }
}
