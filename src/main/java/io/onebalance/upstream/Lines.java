package io.onebalance.upstream;

import io.onebalance.http.Origin;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The connections of one event loop to upstreams: HTTP/2 or HTTP/1.1 over TLS as the server
/// prefers, HTTP/1.1 in the clear; tunnels over HTTP/1.1 and never over a connection that requests
/// share. Servers' certificates are always verified.
final class Lines {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int STREAMS_PER_CONNECTION = 100;

  /// HTTP/2's own 64 KiB let one paused stream starve its neighbours: the connection's window must
  /// be at least the streams it carries times their window.
  private static final int STREAM_WINDOW = 256 << 10;

  private static final int CONNECTION_WINDOW = 32 << 20;

  private enum Kind {
    PLAIN,
    SECURE,
    PLAIN_TUNNEL,
    SECURE_TUNNEL
  }

  private final Vertx vertx;
  private final Reach reach;
  private final Handler<HttpConnection> connected;

  /// Made when they are first needed: what TLS takes to load is no part of a start.
  private final Map<Kind, HttpClientAgent> clients = new EnumMap<>(Kind.class);

  Lines(Vertx vertx, Reach reach, Handler<HttpConnection> connected) {
    this.vertx = vertx;
    this.reach = reach;
    this.connected = connected;
  }

  HttpClientAgent to(Origin origin) {
    return of(origin.tls() ? Kind.SECURE : Kind.PLAIN);
  }

  /// The same for connections that become tunnels: each stays open for as long as its tunnel does.
  HttpClientAgent tunnelTo(Origin origin) {
    return of(origin.tls() ? Kind.SECURE_TUNNEL : Kind.PLAIN_TUNNEL);
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
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
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
