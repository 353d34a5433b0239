package io.onebalance.relay.exchange;

import io.onebalance.upstream.Body;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// Reads a client's body: whole, or as much as is kept and the rest as it comes.
public final class Reading {
  private static final long UNKNOWN = -1;

  private final Client client;
  private final HttpServerRequest request;
  private final BodyLimits limits;
  private final Promise<Body> read = Promise.promise();
  private final long length;
  private final Silence silence;
  private Buffer bytes = Buffer.buffer(0);
  private boolean ours;

  private Reading(Client client, BodyLimits limits, long length, Wheel wheel, Duration patience) {
    this.client = client;
    this.request = client.request();
    this.limits = limits;
    this.length = length;
    this.silence = new Silence(wheel, patience, () -> stop(Refusal.slow()));
  }

  /// Reads the request's body; call it in the same turn of the event loop as the request came. It
  /// does not end when the client leaves, nor when the body may not be read: then the client was
  /// told. Between two pieces the client may take as long as `patience` says, while we listen.
  public static Future<Body> of(Client client, BodyLimits limits, Wheel wheel, Duration patience) {
    var request = client.request();
    var told = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    var length = told == null ? UNKNOWN : parse(told);
    if (told != null && length < 0) {
      client.refuse(Refusal.invalid("Content-Length is no number"));
      return Promise.<Body>promise().future();
    }
    if (length > limits.max()) {
      client.refuse(Refusal.tooLarge(limits.max()));
      return Promise.<Body>promise().future();
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return new Reading(client, limits, length, wheel, patience).begin();
  }

  private Future<Body> begin() {
    client.departure().stops(silence::over);
    request.endHandler(_ -> done(new Body.Kept(bytes)));
    request.handler(piece -> {
      silence.heard();
      keep(piece);
      if (bytes.length() > limits.max()) {
        stop(Refusal.tooLarge(limits.max()));
      } else if (bytes.length() > limits.replay()) {
        request.pause();
        silence.deaf();
        done(passing());
      }
    });
    return read.future();
  }

  private void done(Body body) {
    client.departure().stopsNothing();
    switch (body) {
      case Body.Kept _, Body.Tunnel _ -> silence.over();
      case Body.Passing _ -> client.holds(silence::over); // nobody may take the rest
    }
    read.tryComplete(body);
  }

  /// The first piece is kept as it came; only a second one makes a buffer of our own. It grows with
  /// what comes: what a client only announces takes no memory.
  private void keep(Buffer piece) {
    if (bytes.length() == 0) {
      bytes = piece;
      return;
    }
    if (!ours) {
      ours = true;
      bytes = Buffer.buffer(2 * (bytes.length() + piece.length())).appendBuffer(bytes);
    }
    bytes.appendBuffer(piece);
  }

  private Body passing() {
    var most = limits.max() - bytes.length();
    var rest = new Capped(request, most, silence, () -> stop(Refusal.tooLarge(limits.max())));
    return new Body.Passing(bytes, rest, length);
  }

  /// What was asked already is called off.
  private void stop(Refusal refusal) {
    silence.over();
    client.refuse(refusal);
    client.departure().happened();
  }

  private static long parse(String number) {
    try {
      return Long.parseLong(number.strip());
    } catch (NumberFormatException none) {
      return UNKNOWN;
    }
  }
}
