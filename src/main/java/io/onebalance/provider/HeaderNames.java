package io.onebalance.provider;

import java.util.Locale;
import java.util.Set;

/// Which header names an entry may use.
final class HeaderNames {
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "te",
          "trailer",
          "keep-alive",
          "proxy-connection");

  private HeaderNames() {}

  /// A `token` of RFC 9110.
  static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(HeaderNames::isTokenChar);
  }

  /// Fields of the connection, which only the HTTP client may write.
  static boolean isOurs(String name) {
    return OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isTokenChar(int c) {
    return c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}
