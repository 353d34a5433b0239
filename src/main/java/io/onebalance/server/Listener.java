package io.onebalance.server;

import io.onebalance.server.watch.Patience;
import io.onebalance.server.watch.Watches;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// One address that the program listens at, with a server on each event loop.
public final class Listener {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_LINE_BYTES = 16 << 10;

  /// A body is handed on in pieces as large as they are read: in those of 8 KiB, which is usual, a
  /// megabyte takes a hundred steps more.
  private static final int PIECE = 64 << 10;

  private static final int HANDSHAKE_SECONDS = 10;
  private static final int STREAMS_PER_CONNECTION = 100;

  /// Netty counts the HEADERS frame with the eight that may continue it.
  private static final int CONTINUATIONS = 9;

  /// How many streams of one connection may be reset in half a minute, counted for each side: a
  /// client that cancels (rapid reset), and one that makes us reset (MadeYouReset).
  private static final int RESETS = 200;

  private static final int RESETS_SECONDS = 30;
  private static final int STREAM_WINDOW = 64 << 10;
  private static final int CONNECTION_WINDOW = 1 << 20;

  /// To Vert.x a negative port is a name for a free one: servers that give the same share it. So
  /// each listener takes a name of its own; -1 is the sandbox's.
  private static final AtomicInteger FREE_PORTS = new AtomicInteger(-1);

  private final Address address;
  private final Doors doors;
  private final Supplier<Patience> patience;
  private final int port;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

  /// `patience` is asked as a connection comes, so that a reload is in force for the next.
  public Listener(Address address, Doors doors, Supplier<Patience> patience) {
    this.address = address;
    this.doors = doors;
    this.patience = patience;
    this.port = address.port() == 0 ? FREE_PORTS.decrementAndGet() : address.port();
  }

  /// Begins to listen, with this number of event loops. Fails when the address is taken or the
  /// certificate can't be read.
  public Future<Listener> open(Vertx vertx, int loops) {
    return vertx
        .deployVerticle(Loop::new, new DeploymentOptions().setInstances(loops))
        .map(_ -> this);
  }

  /// The port in use: the one that was free, where 0 was asked for.
  public int port() {
    return servers.getFirst().actualPort();
  }

  /// Takes no new connections, lets what runs finish, and closes what is still open after `limit`.
  public Future<Void> drain(Duration limit) {
    return Future.all(servers.stream().map(server -> server.shutdown(limit)).toList()).mapEmpty();
  }

  /// Until a connection is one of HTTP/1.1 or HTTP/2 nobody writes to it, so the time without a
  /// write bounds how long that may take, however its client drips; then [Watches] takes over. This
  /// time alone is not reloaded.
  ///
  /// Answers are written on their event loop only. So Vert.x needs no queue of its own before the
  /// connection's, which would hold sixteen pieces of any size before it counts as full (F40).
  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxChunkSize(PIECE)
            .setHandle100ContinueAutomatically(false)
            .setStrictThreadMode(true)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setWriteIdleTimeout(Math.toIntExact(patience.get().idle().toMillis()))
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setHttp2ClearTextEnabled(address.http2InTheClear())
            .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
            .setHttp2MaxSmallContinuationFrames(CONTINUATIONS)
            .setHttp2RstFloodMaxRstFramePerWindow(RESETS)
            .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS_PER_CONNECTION)
                    .setInitialWindowSize(STREAM_WINDOW)
                    .setMaxHeaderListSize(MAX_HEAD_BYTES));
    address.tls().ifPresent(tls -> encrypt(options, tls));
    return options;
  }

  private static void encrypt(HttpServerOptions options, Address.Tls tls) {
    options
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString()))
        .setSslEngineOptions(
            OpenSSLEngineOptions.isAvailable()
                ? new OpenSSLEngineOptions()
                : new JdkSSLEngineOptions())
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
  }

  /// The server of one event loop.
  private final class Loop extends VerticleBase {
    @Override
    public Future<?> start() {
      var server = vertx.createHttpServer(options());
      servers.add(server);
      return server
          .connectionHandler(new Watches(patience)::set)
          .requestHandler(new Front(vertx, doors, patience))
          .listen(port, address.host());
    }
  }
}
