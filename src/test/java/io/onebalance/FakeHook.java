package io.onebalance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A webhook on a free port, which keeps what it is sent.
final class FakeHook implements AutoCloseable {
  private static final long BOUND_SECONDS = 60;

  /// One alert as it came: the path, the signature, and the body as text and as JSON.
  record Told(String path, String signature, String body) {
    String alert() {
      return json().get("alert").asString() + " " + json().get("state").asString();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  private final HttpServer server;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  private FakeHook(HttpServer server) {
    this.server = server;
  }

  static FakeHook start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var hook = new FakeHook(HttpServer.create(address, 0));
      hook.server.createContext("/", hook::take);
      hook.server.start();
      return hook;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var signature = exchange.getRequestHeaders().getFirst("x-one-balance-signature");
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      told.add(
          new Told(
              exchange.getRequestURI().toString(),
              Objects.requireNonNullElse(signature, ""),
              body));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=T0KEN";
  }

  /// The next alert; waits for it.
  Told next() {
    try {
      var next = told.poll(BOUND_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no alert came");
      }
      return next;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  boolean isEmpty() {
    return told.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
