package io.onebalance.server;

import io.onebalance.server.watch.Patience;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings visits from an event loop to a [Desk] on a virtual thread, and the replies back.
final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final byte[] NO_BODY = {};

  private final Vertx vertx;
  private final Desk desk;
  private final ExecutorService threads;
  private final Predicate<String> trusted;
  private final Supplier<Patience> patience;

  Reception(Vertx vertx, Desk desk, Doors doors, Supplier<Patience> patience) {
    this.vertx = vertx;
    this.desk = desk;
    this.threads = doors.threads();
    this.trusted = doors.trustedProxies();
    this.patience = patience;
  }

  boolean takes(String path) {
    return desk.owns(path);
  }

  void welcome(HttpServerRequest request) {
    request.pause();
    request.exceptionHandler(Reception::ignore);
    request.response().exceptionHandler(Reception::ignore);
    var loop = vertx.getOrCreateContext();
    var head = head(request);
    threads.execute(() -> decide(request, head, loop));
  }

  private Visit head(HttpServerRequest request) {
    var query = request.query();
    var arrival = Arrival.of(request, trusted);
    return new Visit(
        request.method().name(),
        request.path() == null ? "/" : request.path(),
        query == null ? "" : query,
        Arrival.fields(request),
        NO_BODY,
        arrival.peer(),
        arrival.secure());
  }

  private void decide(HttpServerRequest request, Visit head, Context loop) {
    try {
      var refusal = desk.refusal(head);
      loop.runOnContext(_ -> {
        if (refusal.isPresent()) {
          refuseUnread(request, refusal.get());
        } else {
          read(request, head, loop);
        }
      });
    } catch (RuntimeException | Error broken) {
      loop.runOnContext(_ -> refuseUnread(request, broken(broken)));
    }
  }

  /// The body stays unread, so the connection cannot be used again.
  private void refuseUnread(HttpServerRequest request, Reply reply) {
    if (reply instanceof Reply.Whole whole) {
      if (request.version() != HttpVersion.HTTP_2) {
        request.response().putHeader("connection", "close");
      }
      send(request.response(), whole);
    }
  }

  private void read(HttpServerRequest request, Visit head, Context loop) {
    new Intake(vertx, request, patience.get().body(), reply -> refuseUnread(request, reply))
        .read(
            desk.mostBytes(head),
            body -> threads.execute(() -> answer(request.response(), head.with(body), loop)));
  }

  private void answer(HttpServerResponse response, Visit visit, Context loop) {
    var reply = replyTo(visit);
    switch (reply) {
      case Reply.Whole whole -> loop.runOnContext(_ -> send(response, whole));
      case Reply.Streamed streamed -> stream(response, streamed, loop);
    }
  }

  private Reply replyTo(Visit visit) {
    try {
      return desk.answer(visit);
    } catch (RuntimeException | Error broken) {
      return broken(broken);
    }
  }

  private static void send(HttpServerResponse response, Reply.Whole reply) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    response.end(Buffer.buffer(reply.body()));
  }

  private static void stream(HttpServerResponse response, Reply.Streamed reply, Context loop) {
    loop.runOnContext(_ -> {
      response.setStatusCode(reply.status()).setChunked(true);
      reply.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    });
    Consumer<byte[]> sink = bytes -> write(response, bytes, loop);
    try {
      reply.writer().accept(sink);
      loop.runOnContext(_ -> response.end());
    } catch (UncheckedIOException left) {
      LOG.debug("the client left before the answer was complete");
    } catch (RuntimeException | Error broken) {
      LOG.error("a streamed answer broke off", broken);
      loop.runOnContext(_ -> response.reset());
    }
  }

  /// Writes on the event loop and waits until the bytes have left: that is the backpressure.
  private static void write(HttpServerResponse response, byte[] bytes, Context loop) {
    var written = new CompletableFuture<Void>();
    loop.runOnContext(_ -> write(response, bytes, written));
    try {
      written.join();
    } catch (CompletionException left) {
      throw new UncheckedIOException(new IOException("the client left", left));
    }
  }

  /// Whatever happens, the thread that waits hears of it.
  private static void write(
      HttpServerResponse response, byte[] bytes, CompletableFuture<Void> written) {
    try {
      response
          .write(Buffer.buffer(bytes))
          .onComplete(
              _ -> written.complete(null), failure -> written.completeExceptionally(failure));
    } catch (RuntimeException closed) {
      written.completeExceptionally(closed);
    }
  }

  /// Told with an id under which the log has it (F74).
  private static Reply broken(Throwable failure) {
    var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("the console failed ({})", id, failure);
    return Plain.of(500, "Something went wrong here; the log says what, under " + id + ".");
  }

  private static void ignore(Throwable left) {
    LOG.debug("the client left: {}", left.getMessage());
  }
}
