package io.onebalance.upstream.call;

import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.name.Authority;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The connections of one event loop to upstreams: HTTP/2 or HTTP/1.1 over TLS as the server
/// prefers, HTTP/1.1 in the clear; tunnels over HTTP/1.1 and never over a connection that requests
/// share. Servers' certificates are always verified.
final class Lines {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final Duration KEPT_ALIVE = Duration.ofSeconds(30);
  private static final int STREAMS_PER_CONNECTION = 100;

  /// HTTP/2's own 64 KiB let one paused stream starve its neighbours: the connection's window must
  /// be at least the streams it carries times their window.
  private static final int STREAM_WINDOW = 256 << 10;

  private static final int CONNECTION_WINDOW = 32 << 20;

  private record Server(boolean tls, String host, SocketAddress address) {}

  private enum Kind {
    PLAIN,
    SECURE,
    PLAIN_TUNNEL,
    SECURE_TUNNEL
  }

  private final Vertx vertx;
  private final Wheel wheel;
  private final Reach reach;
  private final Handler<HttpConnection> connected;
  private final Map<Server, Stock> stocks = new HashMap<>();

  /// Made when they are first needed: what TLS takes to load is no part of a start.
  private final Map<Kind, HttpClientAgent> clients = new EnumMap<>(Kind.class);

  Lines(Vertx vertx, Wheel wheel, Reach reach, Handler<HttpConnection> connected) {
    this.vertx = vertx;
    this.wheel = wheel;
    this.reach = reach;
    this.connected = connected;
  }

  /// Where the question gets its connection to this address of its origin: from a [Stock] where
  /// HTTP/1.1 is spoken, as everywhere in the clear and where it turned out so over TLS. A body
  /// that is carried as it comes may still be on its way when its answer has ended, so such a
  /// question takes from Vert.x' pool, as tunnels do and whatever may be HTTP/2.
  Line to(Question question, Authority authority) {
    var origin = question.origin();
    return switch (question.body()) {
      case Body.Tunnel _ -> pool(origin.tls() ? Kind.SECURE_TUNNEL : Kind.PLAIN_TUNNEL);
      case Body.Passing _ -> pool(origin.tls() ? Kind.SECURE : Kind.PLAIN);
      case Body.Kept _ -> kept(new Server(origin.tls(), origin.host(), authority.server()));
    };
  }

  private Line kept(Server server) {
    var stock = stocks.get(server);
    if (stock != null) {
      return stock;
    }
    return server.tls ? learning(server) : stocked(server);
  }

  private Line pool(Kind kind) {
    var pool = of(kind);
    return (options, _) -> pool.request(options);
  }

  private Line learning(Server server) {
    var pool = of(Kind.SECURE);
    return (options, _) ->
        pool.request(options)
            .onSuccess(request -> {
              if (request.version() == HttpVersion.HTTP_1_1) {
                stocked(server);
              }
            });
  }

  /// It is forgotten once it is empty: a server over TLS is then asked again what it speaks.
  private Stock stocked(Server server) {
    return stocks.computeIfAbsent(
        server,
        _ ->
            new Stock(
                () -> connect(server),
                KEPT_ALIVE,
                reach.most(),
                wheel,
                empty -> stocks.remove(server, empty)));
  }

  private Future<HttpClientConnection> connect(Server server) {
    return of(server.tls ? Kind.SECURE : Kind.PLAIN)
        .connect(
            new HttpConnectOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setServer(server.address)
                .setHost(server.host)
                .setPort(server.address.port())
                .setSsl(server.tls))
        .onSuccess(connected);
  }

  private HttpClientAgent of(Kind kind) {
    var made = clients.get(kind);
    if (made == null) {
      made = client(options(kind));
      clients.put(kind, made);
    }
    return made;
  }

  private HttpClientOptions options(Kind kind) {
    return switch (kind) {
      case PLAIN, PLAIN_TUNNEL -> common();
      case SECURE -> overTls(common());
      case SECURE_TUNNEL -> overHttp1(overTls(common()));
    };
  }

  /// Loads what TLS needs, so that the first question over it does not wait for that.
  static void prepare() {
    engine();
  }

  /// A server that allows fewer streams a connection carries fewer (F32). Whoever comes before the
  /// first connection stands waits for it, so the queue holds as many as can be open.
  private HttpClientAgent client(HttpClientOptions options) {
    var pool =
        new PoolOptions()
            .setHttp1MaxSize(reach.most())
            .setHttp2MaxSize(Math.max(1, reach.most() / STREAMS_PER_CONNECTION))
            .setMaxWaitQueueSize(reach.most());
    return vertx.httpClientBuilder().with(options).with(pool).withConnectHandler(connected).build();
  }

  private static HttpClientOptions overHttp1(HttpClientOptions options) {
    return options
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
  }

  private HttpClientOptions common() {
    return new HttpClientOptions()
        .setConnectTimeout((int) reach.connecting().toMillis())
        .setMaxHeaderSize(MAX_HEAD_BYTES)
        .setKeepAliveTimeout((int) KEPT_ALIVE.toSeconds())
        .setHttp2KeepAliveTimeout((int) KEPT_ALIVE.toSeconds())
        .setDecompressionSupported(false);
  }

  private HttpClientOptions overTls(HttpClientOptions options) {
    options
        .setSsl(true)
        .setSslEngineOptions(engine())
        .setSslHandshakeTimeout(options.getConnectTimeout())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setInitialSettings(
            new Http2Settings()
                .setInitialWindowSize(STREAM_WINDOW)
                .setMaxHeaderListSize(MAX_HEAD_BYTES)
                .setPushEnabled(false))
        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
        .setHttp2MultiplexingLimit(STREAMS_PER_CONNECTION);
    reach.trust().ifPresent(options::setTrustOptions);
    return options;
  }

  /// BoringSSL where its native library is there: 1.4 µs a request over plain, the JDK's engine
  /// 4.6.
  private static SSLEngineOptions engine() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }
}
