package io.onebalance.upstream;

import io.onebalance.upstream.name.Resolver;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How upstreams are reached. `connecting` bounds a connection and its TLS handshake, each; `trust`
/// replaces the certificates that the JDK trusts, for tests against servers of their own; the clock
/// says how old the answers of the `resolver` are. `most` streams of one event loop may be open to
/// one upstream at once, where those over connections of our own (HTTP/1.1) and those of Vert.x'
/// pool (HTTP/2, bodies that are carried as they come) are counted apart; as many more may wait,
/// and the next is told at once that there is no room.
public record Reach(
    Duration connecting,
    Optional<TrustOptions> trust,
    Resolver resolver,
    InstantSource clock,
    int most) {
  private static final int MOST = 16_384;

  /// The machine's own names and the certificates that the JDK trusts.
  public static Reach ofTheMachine(Duration connecting, InstantSource clock) {
    return new Reach(connecting, Optional.empty(), Resolver.ofTheMachine(), clock, MOST);
  }
}
