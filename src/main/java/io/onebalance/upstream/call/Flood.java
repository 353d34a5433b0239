package io.onebalance.upstream.call;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Counts what a server asks of an HTTP/2 connection beside its answers, and closes the connection
/// when that is a flood (F33). Empty DATA frames are counted by Netty.
final class Flood {
  /// So many PING and SETTINGS frames may come in a window: servers that probe the line send a few
  /// a second.
  static final int MOST = 200;

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final HttpConnection connection;
  private final InstantSource clock;
  private Instant since = Instant.EPOCH;
  private int frames;

  private Flood(HttpConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  static void guard(HttpConnection connection, InstantSource clock) {
    if (connection.protocolVersion() == HttpVersion.HTTP_2) {
      var flood = new Flood(connection, clock);
      connection.pingHandler(_ -> flood.frame());
      connection.remoteSettingsHandler(_ -> flood.frame());
    }
  }

  private void frame() {
    var now = clock.instant();
    if (since.plus(WINDOW).isBefore(now)) {
      since = now;
      frames = 0;
    }
    frames++;
    if (frames == MOST) {
      connection.close();
    }
  }
}
