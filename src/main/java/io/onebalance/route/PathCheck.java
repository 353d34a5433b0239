package io.onebalance.route;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what could lead a path out of the place that we put it (P8). The path itself is never
/// changed: it passes as written or not at all, because a path that two servers read in two ways is
/// the way out. `%2F` may stay, model names have it.
final class PathCheck {
  private PathCheck() {}

  static final int LONGEST = 8 << 10;

  /// How often an escape may be escaped again before we stop guessing.
  private static final int ROUNDS = 4;

  static Optional<String> danger(String path) {
    return Optional.ofNullable(dangerIn(path));
  }

  private static @Nullable String dangerIn(String path) {
    if (!path.startsWith("/")) {
      return "the path does not begin with /";
    }
    if (path.length() > LONGEST) {
      return "the path is longer than " + LONGEST + " characters";
    }
    var odd = oddCharacter(path);
    if (odd != null) {
      return odd;
    }
    return path.indexOf('%') < 0 ? dotSegment(path) : dangerInEscapes(path);
  }

  private static @Nullable String oddCharacter(String path) {
    for (var i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#' || c == '?') {
        return "the path has a character that must be escaped, or may not be there at all";
      }
      if (c == '%' && !isEscape(path, i)) {
        return "the path has a % that begins no escape";
      }
    }
    return null;
  }

  private static boolean isEscape(String path, int at) {
    return at + 2 < path.length()
        && Character.digit(path.charAt(at + 1), 16) >= 0
        && Character.digit(path.charAt(at + 2), 16) >= 0;
  }

  /// What a query may not have as written. Its escapes are the provider's affair: nothing is found
  /// by them here but names and values.
  static boolean isOddQuery(String query) {
    for (var i = 0; i < query.length(); i++) {
      var c = query.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return true;
      }
    }
    return query.length() > LONGEST;
  }

  private static @Nullable String dangerInEscapes(String path) {
    var decoded = path;
    for (var round = 0; round < ROUNDS && decoded.indexOf('%') >= 0; round++) {
      decoded = unescape(decoded);
      for (var i = 0; i < decoded.length(); i++) {
        if (decoded.charAt(i) < ' ' || decoded.charAt(i) == 0x7f || decoded.charAt(i) == '\\') {
          return "the path has an escaped control character or backslash";
        }
      }
      if (dotSegment(decoded) != null) {
        return dotSegment(decoded);
      }
    }
    return null;
  }

  /// One round of decoding, a character a byte: enough to see dots, slashes and controls.
  private static String unescape(String path) {
    var text = new StringBuilder(path.length());
    for (var i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '%' && isEscape(path, i)) {
        text.append((char) Integer.parseInt(path, i + 1, i + 3, 16));
        i += 2;
      } else {
        text.append(path.charAt(i));
      }
    }
    return text.toString();
  }

  /// `.` and `..` as a whole segment, also with a parameter behind (`..;x`), as some servers read.
  private static @Nullable String dotSegment(String path) {
    for (var at = path.indexOf("/."); at >= 0; at = path.indexOf("/.", at + 1)) {
      var end = path.startsWith("/..", at) ? at + 3 : at + 2;
      if (end == path.length() || path.charAt(end) == '/' || path.charAt(end) == ';') {
        return "the path has a . or .. segment";
      }
    }
    return null;
  }
}
