package io.onebalance.sandbox;

import io.onebalance.sandbox.script.Script;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on this machine that pretends to be Gemini, OpenAI and Anthropic at once, told apart by
/// path. Thread-safe.
public final class Sandbox {
  private final Vertx vertx;
  private final Script script;
  private final Seen seen = new Seen();
  private final RequestHandler handler;
  private final AtomicInteger port = new AtomicInteger();
  private volatile String deployment = "";

  private Sandbox(Vertx vertx, Script script, InstantSource clock) {
    this.vertx = vertx;
    this.script = script;
    this.handler = new RequestHandler(vertx, script, seen, clock);
  }

  /// Serves on one event loop, on a free port of 127.0.0.1.
  public static Future<Sandbox> start(Vertx vertx, Script script, InstantSource clock) {
    return start(vertx, script, clock, 1);
  }

  /// The same on so many event loops, for benchmarks.
  public static Future<Sandbox> start(Vertx vertx, Script script, InstantSource clock, int loops) {
    var sandbox = new Sandbox(vertx, script, clock);
    return vertx
        .deployVerticle(sandbox::listener, new DeploymentOptions().setInstances(loops))
        .map(deployment -> {
          sandbox.deployment = deployment;
          return sandbox;
        });
  }

  public int port() {
    return port.get();
  }

  /// `http://127.0.0.1:PORT`, the base without a prefix.
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public Script script() {
    return script;
  }

  public Seen seen() {
    return seen;
  }

  /// Stops listening and ends all connections.
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  private VerticleBase listener() {
    return new VerticleBase() {
      @Override
      public Future<HttpServer> start() {
        // -1 is a free port that all loops share.
        return vertx
            .createHttpServer(options())
            .requestHandler(handler::receive)
            .listen(-1, "127.0.0.1")
            .onSuccess(server -> port.set(server.actualPort()));
      }
    };
  }

  /// Wide limits: it is for the gateway to keep its own.
  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxHeaderSize(256 << 10)
        .setMaxInitialLineLength(64 << 10)
        .setTcpNoDelay(true);
  }
}
