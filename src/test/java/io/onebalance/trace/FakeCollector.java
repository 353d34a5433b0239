package io.onebalance.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A collector of OpenTelemetry on a free port, which keeps what it is told by OTLP over HTTP.
public final class FakeCollector implements AutoCloseable {
  /// A span as it was told. `attributes` are in words; `kind` is 2 for servers, 3 for clients;
  /// `status` is 2 for an error.
  public record Seen(
      String trace,
      String id,
      String parent,
      String name,
      long kind,
      long start,
      long end,
      Map<String, String> attributes,
      long status) {}

  private final HttpServer server;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  private FakeCollector(HttpServer server) {
    this.server = server;
  }

  public static FakeCollector start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var collector = new FakeCollector(HttpServer.create(address, 0));
      collector.server.createContext("/", collector::take);
      collector.server.start();
      return collector;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      heads.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().entrySet().stream()
                  .map(field -> field.getKey() + "=" + String.join(",", field.getValue()))
                  .sorted()
                  .collect(Collectors.joining(" ")));
      if (status == 200) {
        bodies.add(body);
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /// Answers everything with this from here on.
  void answers(int status) {
    this.status = status;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Method, path and fields of each request.
  List<String> heads() {
    return heads;
  }

  /// What there is of text in all that was told.
  public String text() {
    return bodies.stream()
        .map(body -> new String(body, StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  /// Of the resource that told of spans.
  Map<String, String> resource() {
    return attributes(Wire.of(bodies.getFirst()).message(1).message(1), 1);
  }

  public List<Seen> spans() {
    return bodies.stream()
        .flatMap(body -> Wire.of(body).messages(1).stream())
        .flatMap(resource -> resource.messages(2).stream())
        .flatMap(scope -> scope.messages(2).stream())
        .map(FakeCollector::seen)
        .toList();
  }

  private static Seen seen(Wire span) {
    return new Seen(
        span.hex(1),
        span.hex(2),
        span.hex(4),
        span.text(5),
        span.number(6),
        span.number(7),
        span.number(8),
        attributes(span, 9),
        span.has(15) ? span.message(15).number(3) : 0);
  }

  private static Map<String, String> attributes(Wire of, int field) {
    var attributes = new TreeMap<String, String>();
    of.messages(field).forEach(pair -> attributes.put(pair.text(1), value(pair.message(2))));
    return attributes;
  }

  private static String value(Wire any) {
    if (any.has(1)) {
      return any.text(1);
    } else if (any.has(2)) {
      return any.number(2) == 1 ? "true" : "false";
    } else if (any.has(4)) {
      return Double.toString(Double.longBitsToDouble(any.number(4)));
    } else if (any.has(5)) {
      return any.message(5).messages(1).stream().map(FakeCollector::value).toList().toString();
    }
    return Long.toString(any.number(3));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
