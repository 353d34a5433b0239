package io.onebalance.http;

import java.util.Arrays;
import java.util.Optional;

/// Whether a path may go on byte for byte (P8). What some server could read as another path is
/// refused: dot segments (also beside `;`), an empty first segment (`//host`), backslashes, control
/// characters, overlong UTF-8, and all of these in escapes, however often they are escaped again.
/// Nothing is ever changed: a path that two servers read in two ways is the way out. `%2F` may
/// stay, model names have it.
///
/// This is the only such check. Whoever sends a path upstream takes a [SafePath], which asks here.
public final class RawPath {
  /// The most characters of a path, and of a query.
  public static final int LONGEST = 8 << 10;

  /// How often an escape may be escaped again: deeper than any honest client goes.
  private static final int ROUNDS = 4;

  private static final String FORBIDDEN = "the path contains a forbidden % escape";

  /// The characters that say nothing but themselves, which nearly all of a path are.
  private static final boolean[] PLAIN = plain();

  private RawPath() {}

  /// Why this path (beginning with `/`, without the query) and this query (without `?`) may not go
  /// on, or empty when they may. Repeats nothing of either.
  public static Optional<String> objection(String path, String query) {
    var why = objection(path);
    var found = why.isEmpty() ? objectionToQuery(query) : why;
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static String objection(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return "the path does not begin with a slash";
    }
    if (path.length() > LONGEST) {
      return "the path is longer than " + LONGEST + " characters";
    }
    var why = objectionToCharacters(path);
    if (why.isEmpty()) {
      why = Segments.objection(path);
    }
    return why.isEmpty() && path.indexOf('%') >= 0 ? objectionToEscapes(path) : why;
  }

  private static String objectionToCharacters(String path) {
    for (var i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) {
        if (c != '%') {
          return "the path contains " + name(c);
        }
        if (escaped(path, i) < 0) {
          return "the path contains a malformed % escape";
        }
      }
    }
    return "";
  }

  private static boolean[] plain() {
    var plain = new boolean[0x7f];
    Arrays.fill(plain, ' ' + 1, plain.length, true);
    "\\#?%".chars().forEach(c -> plain[c] = false);
    return plain;
  }

  /// Reads the path as somebody would who decodes it once, twice and so on.
  private static String objectionToEscapes(String path) {
    var text = path;
    for (var round = 0; round < ROUNDS; round++) {
      var decoded = decoded(text);
      if (decoded.equals(text)) {
        return "";
      }
      var why = hasForbidden(decoded) ? FORBIDDEN : Segments.objection(decoded);
      if (!why.isEmpty()) {
        return why;
      }
      text = decoded;
    }
    return decoded(text).equals(text) ? "" : "the path contains an escape of escapes of escapes";
  }

  /// One round of decoding, a character a byte.
  private static String decoded(String path) {
    var text = new StringBuilder(path.length());
    for (var i = 0; i < path.length(); i++) {
      var code = path.charAt(i) == '%' ? escaped(path, i) : -1;
      text.append(code < 0 ? path.charAt(i) : (char) code);
      i += code < 0 ? 0 : 2;
    }
    return text.toString();
  }

  private static boolean hasForbidden(String bytes) {
    for (var i = 0; i < bytes.length(); i++) {
      var c = bytes.charAt(i);
      if (c < ' ' || c == 0x7f || c == '\\' || isOverlong(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  /// Overlong forms (`%c0%ae` for a dot) are no UTF-8, but careless decoders take them.
  private static boolean isOverlong(String bytes, int at) {
    var next = at + 1 < bytes.length() ? bytes.charAt(at + 1) : 0;
    return switch (bytes.charAt(at)) {
      case 0xc0, 0xc1 -> true;
      case 0xe0 -> next < 0xa0;
      case 0xf0 -> next < 0x90;
      default -> bytes.charAt(at) > 0xf4; // bytes are many; only these never begin a character
    };
  }

  private static String objectionToQuery(String query) {
    for (var i = 0; i < query.length(); i++) {
      var c = query.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return "the query contains " + name(c);
      }
    }
    return query.length() > LONGEST ? "the query is longer than " + LONGEST + " characters" : "";
  }

  /// The byte that the escape here stands for, or a negative number where there is none.
  private static int escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    var high = hex(path.charAt(at + 1));
    var low = hex(path.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /// ASCII only: [Character#digit] would take the digits of other scripts.
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static String name(char c) {
    return switch (c) {
      case '\\' -> "a backslash";
      case '#' -> "a #";
      case '?' -> "a ?";
      case ' ' -> "a space";
      default -> c >= 0x80 ? "a character beyond ASCII" : "a control character";
    };
  }
}
