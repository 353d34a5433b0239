package io.onebalance.relay.ask.once;

import io.onebalance.provider.Way;
import io.onebalance.relay.exchange.note.Draft;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.exchange.rules.TimeLimits;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.upstream.Departure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One errand of a request on its way: where it goes, who waits for it, and how long that may take.
///
/// @param turn how it follows what was asked for the same request before; hedges and repeats are
///   counted by requests, not by journeys
/// @param overtaken whether another way to the same answer was quicker, so that nobody waits for
///   this one any more
public record Journey(
    Draft draft,
    Errand errand,
    Departure client,
    Snapshot snapshot,
    Instant deadline,
    Turn turn,
    BooleanSupplier overtaken) {
  /// How a journey follows others of its request.
  public enum Turn {
    /// Nobody was asked for the request before.
    FIRST,
    /// Somebody was, but not this provider.
    NEXT,
    /// This provider was asked for the request before, or is asked beside another.
    AGAIN
  }

  public Journey(
      Draft draft, Errand errand, Departure client, Snapshot snapshot, Instant deadline) {
    this(draft, errand, client, snapshot, deadline, Turn.FIRST, () -> false);
  }

  /// The same, but for its turn.
  public Journey in(Turn other) {
    return new Journey(draft, errand, client, snapshot, deadline, other, overtaken);
  }

  /// The same as one of two ways, each of which can be called off.
  public Journey racing(Departure called, BooleanSupplier loses) {
    return new Journey(draft, errand, called, snapshot, deadline, turn, loses);
  }

  public boolean isOvertaken() {
    return overtaken.getAsBoolean();
  }

  String requestId() {
    return draft.id();
  }

  public Duration left(Instant now) {
    return Duration.between(now, deadline);
  }

  /// The way that traffic takes, where it is through a gateway.
  public Optional<Way> gateway() {
    var way = snapshot.way();
    return errand.provider().viaGateway(way) ? Optional.of(way) : Optional.empty();
  }

  public TimeLimits patience() {
    return snapshot.patience();
  }

  /// How long one attempt may take from now until its first byte.
  public Duration perAttempt(Instant now) {
    var most = patience().perAttempt(errand.traits().stream());
    var left = left(now);
    return left.compareTo(most) < 0 ? left : most;
  }
}
