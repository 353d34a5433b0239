package io.onebalance.access;

import java.util.function.BiPredicate;

/// Walks over a query as it was written, without changing it.
final class Query {
  private Query() {}

  /// Whether any parameter satisfies the test, which is given its decoded name and its raw value.
  /// Stops at the first that does.
  static boolean any(String raw, BiPredicate<String, String> test) {
    for (var start = 0; start < raw.length(); ) {
      var end = end(raw, start);
      if (test.test(name(raw, start, end), value(raw, start, end))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  static int end(String raw, int start) {
    var ampersand = raw.indexOf('&', start);
    return ampersand < 0 ? raw.length() : ampersand;
  }

  /// The name of the parameter that lies between two indices, decoded: `%6bey` is `key` to every
  /// server, so it must be to us.
  static String name(String raw, int start, int end) {
    return decoded(raw.substring(start, nameEnd(raw, start, end)));
  }

  private static String value(String raw, int start, int end) {
    var equals = nameEnd(raw, start, end);
    return equals == end ? "" : raw.substring(equals + 1, end);
  }

  private static int nameEnd(String raw, int start, int end) {
    var equals = raw.indexOf('=', start, end);
    return equals < 0 ? end : equals;
  }

  /// Percent-decodes to Latin-1, which is enough for keys, that are ASCII. A `+` stays a `+`: in
  /// keys it is more likely itself than a space. What is not a valid escape stays as it is.
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var octet = text.charAt(i) == '%' ? octet(text, i + 1) : -1;
      out.append(octet < 0 ? text.charAt(i) : (char) octet);
      i += octet < 0 ? 0 : 2;
    }
    return out.toString();
  }

  private static int octet(String text, int at) {
    if (at + 1 >= text.length()) {
      return -1;
    }
    var high = Character.digit(text.charAt(at), 16);
    var low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
