package io.onebalance.relay;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Optional;

/// How much of a success is looked at before the client hears of it: what the errors inside of
/// successes are made of. Audio, images and files pass at once.
final class Looks {
  private static final int NO_CONTENT = 204;

  private Looks() {}

  static Optional<Start.Until> until(HttpClientResponse response, Errand.Traits traits) {
    if (traits.filtered()) {
      return Optional.of(Start.Until.LISTED);
    }
    var type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || hasNoBody(response)) {
      return Optional.empty();
    }
    var kind = type.toLowerCase(Locale.ROOT);
    if (kind.startsWith("text/event-stream")) {
      return Optional.of(Start.Until.EVENT);
    }
    if (kind.startsWith("application/json")) {
      return Optional.of(traits.stream() ? Start.Until.PIECE : Start.Until.LOOKED);
    }
    return Optional.empty();
  }

  /// An upload that goes on says so in its header fields, with an empty body of whatever type.
  private static boolean hasNoBody(HttpClientResponse response) {
    return response.statusCode() == NO_CONTENT
        || "active".equals(response.getHeader("x-goog-upload-status"))
        || response.request().getMethod().equals(HttpMethod.HEAD);
  }
}
