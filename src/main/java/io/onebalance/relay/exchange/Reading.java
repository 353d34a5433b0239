package io.onebalance.relay.exchange;

import io.onebalance.upstream.Body;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Reads a client's body: whole, or as much as is kept and the rest as it comes.
public final class Reading {
  private static final long UNKNOWN = -1;

  private final HttpServerRequest request;
  private final BodyLimits limits;
  private final Promise<Read> read = Promise.promise();
  private final long length;
  private Buffer bytes = Buffer.buffer(0);

  private Reading(HttpServerRequest request, BodyLimits limits, long length) {
    this.request = request;
    this.limits = limits;
    this.length = length;
  }

  /// What the reading came to.
  public sealed interface Read {
    record Ready(Body body) implements Read {}

    record TooLarge() implements Read {}

    record Malformed(String why) implements Read {}
  }

  /// Reads the request's body; call it in the same turn of the event loop as the request came. It
  /// does not end when the client leaves. `overflow` is run when a body of untold length passes the
  /// limit later.
  public static Future<Read> of(HttpServerRequest request, BodyLimits limits, Runnable overflow) {
    var told = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    var length = told == null ? UNKNOWN : parse(told);
    if (told != null && length < 0) {
      return Future.succeededFuture(new Read.Malformed("Content-Length is no number"));
    }
    if (length > limits.max()) {
      return Future.succeededFuture(new Read.TooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return new Reading(request, limits, length).begin(overflow);
  }

  private Future<Read> begin(Runnable overflow) {
    request.endHandler(_ -> read.tryComplete(new Read.Ready(new Body.Kept(bytes))));
    request.handler(piece -> {
      bytes = bytes.length() == 0 ? piece : ours().appendBuffer(piece);
      if (bytes.length() > limits.replay()) {
        request.pause();
        read.tryComplete(new Read.Ready(passing(overflow)));
      }
    });
    return read.future();
  }

  private boolean copied;

  /// The first piece is kept as it came; only a second one makes a buffer of our own.
  private Buffer ours() {
    if (!copied) {
      copied = true;
      var room = (int) Math.min(limits.replay(), Math.max(length, 2L * bytes.length()));
      bytes = Buffer.buffer(room).appendBuffer(bytes);
    }
    return bytes;
  }

  private Body passing(Runnable overflow) {
    var rest = new Capped(request, limits.max() - bytes.length(), overflow);
    return new Body.Passing(bytes, rest, length);
  }

  private static long parse(String number) {
    try {
      return Long.parseLong(number.strip());
    } catch (NumberFormatException none) {
      return UNKNOWN;
    }
  }
}
