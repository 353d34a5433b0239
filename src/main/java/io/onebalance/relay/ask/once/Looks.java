package io.onebalance.relay.ask.once;

import io.onebalance.provider.frame.Frame;
import io.onebalance.relay.plan.errand.Errand;
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
    if (traits.shown() == Errand.Shown.FILTERED) {
      return Optional.of(Start.Until.CHANGED);
    }
    var type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || hasNoBody(response, traits)) {
      return Optional.empty();
    }
    var kind = type.toLowerCase(Locale.ROOT);
    if (kind.startsWith("text/event-stream")) {
      return Optional.of(Start.Until.EVENT);
    }
    if (kind.startsWith(Frame.CONTENT_TYPE)) {
      return Optional.of(Start.Until.FRAME);
    }
    if (kind.startsWith("application/json")) {
      return Optional.of(ofJson(traits));
    }
    return Optional.empty();
  }

  private static Start.Until ofJson(Errand.Traits traits) {
    return switch (traits.shown()) {
      case AS_IT_CAME -> traits.stream() ? Start.Until.OBJECT : Start.Until.LOOKED;
      case FILTERED, LED_BACK -> Start.Until.CHANGED;
    };
  }

  /// What makes or removes something may be answered with nothing, as an upload that goes on is;
  /// what asks for words may not.
  private static boolean hasNoBody(HttpClientResponse response, Errand.Traits traits) {
    return response.statusCode() == NO_CONTENT
        || response.request().getMethod().equals(HttpMethod.HEAD)
        || (!traits.repeatable() && "0".equals(response.getHeader(HttpHeaders.CONTENT_LENGTH)));
  }
}
