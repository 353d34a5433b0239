package io.onebalance.relay.exchange;

import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads a client's body: whole, or as much as is kept and the rest as it comes.
public final class Reading {
  private static final long UNKNOWN = -1;

  private final Client client;
  private final HttpServerRequest request;
  private final BodyLimits limits;
  private final Promise<Body> read = Promise.promise();
  private final long length;
  private final Room room;
  private final Silence silence;
  private final Pieces pieces = new Pieces();
  private Room.@Nullable Share share;
  private boolean stopped;

  private Reading(
      Client client, long length, BodyLimits limits, Room room, Wheel wheel, Duration patience) {
    this.client = client;
    this.request = client.request();
    this.limits = limits;
    this.length = length;
    this.room = room;
    this.silence = new Silence(wheel, patience, () -> stop(Refusal.slow()));
  }

  /// Reads the request's body; call it in the same turn of the event loop as the request came. It
  /// does not end when the client leaves, nor when the body may not be read: then the client was
  /// told. Between two pieces the client may take as long as `patience` says, while we listen. What
  /// it takes of `room` is given back when the exchange is over.
  public static Future<Body> of(
      Client client, BodyLimits limits, Room room, Wheel wheel, Duration patience) {
    var request = client.request();
    var length = length(request);
    if (length < 0 && request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
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
    return new Reading(client, length, limits, room, wheel, patience).begin();
  }

  private Future<Body> begin() {
    client.departure().stops(silence::over);
    request.endHandler(_ -> {
      if (!stopped) {
        done(new Body.Kept(pieces.whole()));
      }
    });
    request.handler(this::take);
    return read.future();
  }

  private void take(Buffer piece) {
    if (stopped || client.departure().isOver()) {
      return;
    }
    silence.heard();
    var all = (long) pieces.length() + piece.length();
    if (all > limits.max()) {
      stop(Refusal.tooLarge(limits.max()));
    } else if (!hasRoom(all)) {
      stop(Refusal.overloaded("One Balance is busy: there is no room for the body."));
    } else {
      pieces.add(piece);
      if (all > limits.replay()) {
        request.pause();
        silence.deaf();
        done(passing());
      }
    }
  }

  private boolean hasRoom(long size) {
    if (size <= Room.FREE) {
      return true;
    }
    if (share == null) {
      share = room.shareOf(client);
    }
    return share.covers(size);
  }

  private void done(Body body) {
    client.departure().stopsNothing();
    switch (body) {
      case Body.Kept _, Body.Tunnel _ -> silence.over();
      case Body.Passing _ -> client.holds(silence::over); // nobody may take the rest
    }
    read.tryComplete(body);
  }

  private Body passing() {
    var most = limits.max() - pieces.length();
    var rest = new Capped(request, most, silence, () -> stop(Refusal.tooLarge(limits.max())));
    return new Body.Passing(pieces.whole(), rest, length);
  }

  /// What was asked already is called off, also where its answer has begun. What the client still
  /// sends is not kept.
  private void stop(Refusal refusal) {
    stopped = true;
    pieces.clear();
    silence.over();
    client.breakOff(refusal);
    client.departure().happened();
  }

  /// The length that the client told; negative where there is none, or no number.
  private static long length(HttpServerRequest request) {
    var told = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return told == null ? UNKNOWN : Long.parseLong(told.strip());
    } catch (NumberFormatException none) {
      return UNKNOWN;
    }
  }
}
