package io.onebalance.server.watch;

import io.onebalance.http.Remainder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;

/// What a client still sends of a request that was answered already. A little of it is read, so
/// that a client which writes before it reads gets to hear the answer; whoever sends more is cut
/// off (S18).
public final class Leftover {
  /// HTTP/2's way to say that the answer stands and the rest of the request is not wanted (RFC
  /// 9113, 8.1).
  private static final long NO_ERROR = 0;

  private final HttpServerRequest request;
  private int read;

  private Leftover(HttpServerRequest request) {
    this.request = request;
  }

  /// Watches for an answer that ends before its request.
  public static void watch(HttpServerRequest request) {
    request
        .response()
        .endHandler(_ -> {
          if (!request.isEnded()) {
            new Leftover(request).cutOff();
          }
        });
  }

  private void cutOff() {
    request.handler(this::drop);
    request.resume();
    if (request.version() == HttpVersion.HTTP_2) {
      Objects.requireNonNull(Vertx.currentContext(), "an event loop").runOnContext(_ -> stop());
    }
  }

  /// A request that was answered at once may have come whole, its end only not heard yet: to reset
  /// such a stream could cost the client its answer.
  private void stop() {
    if (!request.isEnded()) {
      request.response().reset(NO_ERROR);
    }
  }

  private void drop(Buffer bytes) {
    read += bytes.length();
    if (read > Remainder.MOST) {
      request.connection().close();
    }
  }
}
