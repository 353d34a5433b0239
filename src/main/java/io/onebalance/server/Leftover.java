package io.onebalance.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/// What a client still sends of a request that was answered already. A little of it is read, so
/// that a client which writes before it reads gets to hear the answer; whoever sends more is cut
/// off (S18).
final class Leftover {
  private static final int MOST_BYTES = 64 << 10;

  /// HTTP/2's way to say that the answer stands and the rest of the request is not wanted (RFC
  /// 9113, 8.1).
  private static final long NO_ERROR = 0;

  private final HttpServerRequest request;
  private int read;

  private Leftover(HttpServerRequest request) {
    this.request = request;
  }

  /// Watches for an answer that ends before its request.
  static void watch(HttpServerRequest request) {
    request
        .response()
        .endHandler(_ -> {
          if (!request.isEnded()) {
            new Leftover(request).cutOff();
          }
        });
  }

  private void cutOff() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(NO_ERROR);
      return;
    }
    request.handler(this::drop);
    request.resume();
  }

  private void drop(Buffer bytes) {
    read += bytes.length();
    if (read > MOST_BYTES) {
      request.connection().close();
    }
  }
}
