package io.onebalance.upstream.call;

import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.streams.ReadStream;

/// A body that goes upstream as it comes, no faster than the upstream reads. An answer that ends
/// before the body does stops it (F35).
final class Upload {
  private final HttpClientRequest to;
  private boolean sent;

  private Upload(HttpClientRequest to) {
    this.to = to;
  }

  static void of(Body.Passing body, HttpClientRequest to) {
    if (body.length() >= 0) {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.length()));
    } else {
      to.setChunked(true);
    }
    to.write(body.start());
    new Upload(to).carry(body.rest());
  }

  private void carry(ReadStream<Buffer> rest) {
    to.response().compose(HttpClientResponse::end).onComplete(_ -> stop());
    rest.exceptionHandler(_ -> stop());
    rest.endHandler(_ -> end());
    rest.handler(bytes -> pass(bytes, rest));
    rest.resume();
  }

  private void pass(Buffer bytes, ReadStream<Buffer> rest) {
    to.write(bytes);
    if (to.writeQueueFull()) {
      rest.pause();
      to.drainHandler(_ -> rest.resume());
    }
  }

  private void end() {
    sent = true;
    to.end();
  }

  private void stop() {
    if (!sent) {
      Cut.off(to);
    }
  }
}
