package io.onebalance.upstream.fetch;

import io.onebalance.upstream.Reach;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;

/// Fetches links. Its connections serve one question each, and it remembers nothing of where they
/// led.
///
/// Not thread-safe: it belongs to the event loop that made it.
public final class Fetcher {
  private static final int MAX_HEAD_BYTES = 16 << 10;
  private static final int CONNECTIONS_PER_HOST = 8;
  private static final int WAITING = 64;

  /// Names that answer slowly hold up no other work.
  private static final int ASKING_FOR_NAMES = 8;

  private final Wheel wheel;
  private final Reach reach;
  private final WorkerExecutor names;
  private final HttpClientAgent plain;
  private final HttpClientAgent secure;

  public Fetcher(Vertx vertx, Wheel wheel, Reach reach) {
    this.wheel = wheel;
    this.reach = reach;
    this.names = vertx.createSharedWorkerExecutor("names-of-links", ASKING_FOR_NAMES);
    this.plain = client(vertx, options(reach));
    var overTls = options(reach).setSsl(true);
    reach.trust().ifPresent(overTls::setTrustOptions);
    this.secure = client(vertx, overTls);
  }

  /// Begins to fetch a link, for so long at most.
  public Fetching begin(String url, Room room, Duration patience) {
    var link = Link.of(url);
    if (link.isEmpty()) {
      return Fetching.refused("a link must be an http or https URL with a host and without a user");
    }
    var line = link.get().origin().tls() ? secure : plain;
    var fetching = new Fetching(link.get(), room, wheel, patience);
    fetching.begin(line, names, reach.resolver());
    return fetching;
  }

  private static HttpClientOptions options(Reach reach) {
    return new HttpClientOptions()
        .setConnectTimeout((int) reach.connecting().toMillis())
        .setMaxHeaderSize(MAX_HEAD_BYTES)
        .setKeepAlive(false)
        .setDecompressionSupported(false);
  }

  private static HttpClientAgent client(Vertx vertx, HttpClientOptions options) {
    var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST).setMaxWaitQueueSize(WAITING);
    return vertx.httpClientBuilder().with(options).with(pool).build();
  }
}
