package io.onebalance.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Reads the body of a visit whole, or finds why it may not be read: it is too large, or its client
/// falls silent (F41, F43).
///
/// It belongs to the event loop of its request.
final class Intake {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Duration patience;
  private final Consumer<Reply.Whole> refusal;
  private final Buffer body = Buffer.buffer();
  private long heard = System.nanoTime();
  private boolean over;
  private long alarm;

  /// `patience` is how long the client may be silent within the body.
  Intake(Vertx vertx, HttpServerRequest request, Duration patience, Consumer<Reply.Whole> refusal) {
    this.vertx = vertx;
    this.request = request;
    this.patience = patience;
    this.refusal = refusal;
  }

  /// Hands on the body, or a refusal in its place.
  void read(int most, Consumer<byte[]> whole) {
    request.handler(bytes -> {
      heard = System.nanoTime();
      body.appendBuffer(bytes);
      if (body.length() > most) {
        refuse(Plain.of(413, "The body is larger than " + most + " bytes."));
      }
    });
    request.endHandler(_ -> {
      end();
      whole.accept(body.getBytes());
    });
    arm(patience.toNanos());
    request.resume();
  }

  private void look() {
    var rest = patience.toNanos() - (System.nanoTime() - heard);
    if (over) {
      return;
    }
    if (rest <= 0) {
      refuse(Plain.of(408, "The body of the request did not come."));
    } else {
      arm(rest);
    }
  }

  private void arm(long nanos) {
    alarm = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, _ -> look());
  }

  private void refuse(Reply.Whole reply) {
    end();
    request.handler(_ -> {});
    request.endHandler(_ -> {});
    refusal.accept(reply);
  }

  private void end() {
    over = true;
    vertx.cancelTimer(alarm);
  }
}
