package io.onebalance.server;

import io.onebalance.http.Handshake;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/// Which web pages may call the API from a browser (the Fetch standard's CORS protocol). `*` admits
/// all; no origin at all admits none.
public record Cors(Set<String> origins) {
  private static final String ALL = "*";
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String A_DAY = "86400";

  public Cors {
    origins = Set.copyOf(origins);
  }

  /// Answers a preflight from an admitted origin, and tells whether it did. Preflights carry no
  /// credentials, so this comes before authentication.
  boolean answersPreflight(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.OPTIONS)
        || !request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
        || !admits(request)) {
      return false;
    }
    var asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    var response = request.response().setStatusCode(204);
    mark(request, response);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked == null ? ALL : asked);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    response.end();
    return true;
  }

  /// Marks an answer as readable by the page that asked, where its origin is admitted.
  void mark(HttpServerRequest request, HttpServerResponse response) {
    if (admits(request)) {
      response.putHeader(
          HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeader(HttpHeaders.ORIGIN));
      response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ALL);
      response.putHeader(HttpHeaders.VARY, "origin");
    }
  }

  /// Whether a page may not open this WebSocket: browsers send those without asking first, so the
  /// origin is looked at here. A page of our own host may; without a setting all may, since a page
  /// has no gateway key unless its user gave it one.
  boolean refusesSocket(HttpServerRequest request) {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null
        && !origins.isEmpty()
        && !admits(request)
        && Handshake.isAsked(request.method().name(), request.headers()::get)
        && !origin.endsWith("://" + request.authority());
  }

  private boolean admits(HttpServerRequest request) {
    if (origins.isEmpty()) {
      return false;
    }
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && (origins.contains(ALL) || origins.contains(origin));
  }
}
