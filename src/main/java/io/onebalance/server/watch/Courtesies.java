package io.onebalance.server.watch;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/// Counts the PING and SETTINGS frames of an HTTP/2 client, each of which must be answered, and
/// ends a connection that is flooded with them (F52). Libraries that probe the line send a few a
/// second.
///
/// It belongs to the connection's event loop.
final class Courtesies {
  private static final int MOST = 1000;
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();

  private final HttpConnection connection;
  private long since = System.nanoTime();
  private int frames;

  private Courtesies(HttpConnection connection) {
    this.connection = connection;
  }

  static void count(HttpConnection connection) {
    var courtesies = new Courtesies(connection);
    connection.pingHandler(_ -> courtesies.one());
    connection.remoteSettingsHandler(_ -> courtesies.one());
  }

  private void one() {
    var now = System.nanoTime();
    if (now - since > WINDOW) {
      since = now;
      frames = 0;
    }
    frames++;
    if (frames > MOST) {
      connection.close();
    }
  }
}
