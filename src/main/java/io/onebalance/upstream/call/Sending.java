package io.onebalance.upstream.call;

import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

/// Sends a question's body. What goes wrong on the way is told by the request's own handlers.
final class Sending {
  private Sending() {}

  static void of(Body body, HttpClientRequest to) {
    switch (body) {
      case Body.Kept(var bytes) -> whole(bytes, to);
      case Body.Passing passing -> Upload.of(passing, to);
      case Body.Tunnel() -> to.connect();
    }
  }

  private static void whole(Buffer bytes, HttpClientRequest to) {
    if (bytes.length() > 0) {
      to.end(bytes);
      return;
    }
    if (mayHaveBody(to.getMethod())) {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    }
    to.end();
  }

  private static boolean mayHaveBody(HttpMethod method) {
    return method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.PATCH);
  }
}
