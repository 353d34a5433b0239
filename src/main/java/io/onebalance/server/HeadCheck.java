package io.onebalance.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/// What the head of a request must be before anybody reads it: of bounded size (P4), and such that
/// nobody on the way can have read it otherwise (P7, F48).
final class HeadCheck {
  private static final int MOST_FIELDS = 100;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 431;

  private int fields;
  private int hosts;
  private int credentials;
  private boolean nameless;

  private HeadCheck() {}

  /// The refusal of a head that may not be read.
  static Optional<Reply.Whole> objection(HttpServerRequest request) {
    var check = new HeadCheck();
    request.headers().forEach(check::count);
    return check.finding(request);
  }

  private void count(String name, String value) {
    fields++;
    nameless |= name.isEmpty();
    if (name.equalsIgnoreCase("host")) {
      hosts++;
    } else if (name.equalsIgnoreCase("authorization")) {
      credentials++;
    } else if (name.equalsIgnoreCase("cookie")) {
      crumbs(value);
    }
  }

  /// Over HTTP/2 the crumbs of a cookie come as fields of their own, which Vert.x has joined.
  private void crumbs(String cookie) {
    for (var at = cookie.indexOf("; "); at >= 0; at = cookie.indexOf("; ", at + 2)) {
      fields++;
    }
  }

  private Optional<Reply.Whole> finding(HttpServerRequest request) {
    if (fields > MOST_FIELDS) {
      return refusal(TOO_LARGE, "More than " + MOST_FIELDS + " header fields.");
    }
    if (nameless) {
      return refusal(BAD_REQUEST, "A header field has no name.");
    }
    if (hosts > 1) {
      return refusal(BAD_REQUEST, "More than one Host.");
    }
    if (credentials > 1) {
      return refusal(BAD_REQUEST, "More than one Authorization.");
    }
    return request.authority() == null && request.version() != HttpVersion.HTTP_1_0
        ? refusal(BAD_REQUEST, "Host is missing, or no host.")
        : Optional.empty();
  }

  private static Optional<Reply.Whole> refusal(int status, String why) {
    return Optional.of(Plain.of(status, why));
  }
}
