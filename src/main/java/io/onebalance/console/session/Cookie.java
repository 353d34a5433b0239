package io.onebalance.console.session;

import io.onebalance.server.Visit;
import java.util.Optional;

/// The cookies that a visit brings.
public final class Cookie {
  private Cookie() {}

  /// The value of the cookie with exactly this name; empty where there is none, or an empty one.
  public static Optional<String> of(Visit visit, String name) {
    var cookies = visit.headers().first("cookie");
    if (cookies == null) {
      return Optional.empty();
    }
    for (var cookie : cookies.split(";", -1)) {
      var at = cookie.indexOf('=');
      if (at > 0 && cookie.substring(0, at).strip().equals(name)) {
        return Optional.of(cookie.substring(at + 1).strip()).filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }
}
