package io.onebalance.console.session;

import io.onebalance.http.Header;
import io.onebalance.server.Visit;
import java.util.Optional;

/// The cookie that carries a session's token. No script reads it, no other site sends it, and
/// behind TLS it never travels in the clear.
public final class SessionCookie {
  static final String NAME = "one_balance_session";

  /// A token is 43 characters; what is longer is not looked at.
  private static final int LONGEST = 64;

  private SessionCookie() {}

  /// The token that a visit brings, by the cookie's whole name.
  public static Optional<String> token(Visit visit) {
    return Cookie.of(visit, NAME).filter(token -> token.length() <= LONGEST);
  }

  public static Header set(String token, boolean secure) {
    return header(token, Sessions.LONGEST.toSeconds(), secure);
  }

  public static Header gone(boolean secure) {
    return header("", 0, secure);
  }

  private static Header header(String value, long maxAge, boolean secure) {
    var text =
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict".formatted(NAME, value, maxAge);
    return new Header("set-cookie", secure ? text + "; Secure" : text);
  }
}
