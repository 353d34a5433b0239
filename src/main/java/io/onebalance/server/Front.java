package io.onebalance.server;

import io.onebalance.server.watch.Leftover;
import io.onebalance.server.watch.Patience;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at each request's path and leads it to its door.
final class Front implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final Doors doors;
  private final @Nullable Reception reception;
  private final @Nullable Handler<HttpServerRequest> relay;

  Front(Vertx vertx, Doors doors, Supplier<Patience> patience) {
    this.doors = doors;
    this.reception =
        doors.desk().map(desk -> new Reception(vertx, desk, doors, patience)).orElse(null);
    this.relay = doors.relay().map(making -> making.apply(vertx)).orElse(null);
  }

  /// The last resort for what should not happen, whatever door it happened behind.
  @Override
  public void handle(HttpServerRequest request) {
    try {
      receive(request);
    } catch (RuntimeException | Error broken) {
      fail(request, broken);
    }
  }

  /// Told with an id under which the log has it (F74). What the connection still carries is in an
  /// unknown state.
  private static void fail(HttpServerRequest request, Throwable broken) {
    var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("a request broke ({})", id, broken);
    if (request.response().headWritten()) {
      request.response().reset();
    } else {
      last(request);
      answer(request, Plain.of(500, "One Balance failed; its log tells more of " + id + "."));
    }
  }

  private void receive(HttpServerRequest request) {
    var objection = HeadCheck.objection(request);
    if (objection.isPresent()) {
      refuse(request, objection.get());
    } else {
      Leftover.watch(request);
      if (doors.health().isLeaving()) {
        last(request);
      }
      lead(request);
    }
  }

  /// What follows on a connection behind an unclear head is not to be read.
  private static void refuse(HttpServerRequest request, Reply.Whole reply) {
    answer(request, reply).onComplete(_ -> request.connection().close());
  }

  /// The answer is the last one on its connection, so that the client's next request goes
  /// elsewhere.
  private static void last(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private void lead(HttpServerRequest request) {
    var path = request.path() == null ? "/" : request.path();
    if (path.startsWith("/health/")) {
      health(request, path);
    } else if (reception != null && reception.takes(path)) {
      reception.welcome(request);
    } else if (relay != null) {
      relay(request, relay);
    } else {
      answer(request, Plain.of(404, "There is nothing here."));
    }
  }

  private void relay(HttpServerRequest request, Handler<HttpServerRequest> relay) {
    var cors = doors.cors().get();
    if (cors.refusesSocket(request)) {
      refuse(request, Plain.of(403, "This page's origin may not open a WebSocket here."));
    } else if (!cors.answersPreflight(request)) {
      cors.mark(request, request.response());
      relay.handle(request);
    }
  }

  private void health(HttpServerRequest request, String path) {
    switch (path) {
      case "/health/live" -> answer(request, Plain.of(200, "alive"));
      case "/health/ready" -> answer(request, ready(doors.health()));
      default -> answer(request, Plain.of(404, "Known here: /health/live, /health/ready."));
    }
  }

  private static Reply.Whole ready(Health health) {
    return health.isLeaving()
        ? Plain.of(503, "not ready: draining")
        : Plain.of(200, health.trouble().map(why -> "ready, degraded: " + why).orElse("ready"));
  }

  private static Future<Void> answer(HttpServerRequest request, Reply.Whole reply) {
    var response = request.response().setStatusCode(reply.status());
    reply.headers().forEach(header -> response.putHeader(header.name(), header.value()));
    return response.end(Buffer.buffer(reply.body()));
  }
}
