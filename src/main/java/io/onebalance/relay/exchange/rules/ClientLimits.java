package io.onebalance.relay.exchange.rules;

import java.time.Duration;

/// How long a client may keep us waiting: `body` between two pieces of what it sends, `taking`
/// until it has read half of what lies ready for it. `farewell` is how long it has to read why its
/// stream broke off before the connection does.
public record ClientLimits(Duration body, Duration taking, Duration farewell) {
  /// Programs that hear the end of a connection in the same turn as what was said before it (fetch
  /// in Node) may drop that unread.
  private static final Duration FAREWELL = Duration.ofMillis(100);

  public ClientLimits(Duration body, Duration taking) {
    this(body, taking, FAREWELL);
  }
}
