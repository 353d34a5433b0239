package io.onebalance.provider;

import java.util.Optional;

/// Whether a path may go upstream byte for byte. What a server could read as another path is
/// refused: dot segments (also written `%2e`, also beside `%2f` or `;`), an empty first segment
/// (`//host`), backslashes, control characters, overlong UTF-8. What is encoded twice stays as it
/// is: no server decodes twice by the book, and the base path stands before it anyway.
public final class RawPath {
  private static final int BAD = -1;

  private RawPath() {}

  /// Why this path (beginning with `/`, without the query) and this query (without `?`) may not go
  /// upstream, or empty when they may.
  public static Optional<String> objection(String path, String query) {
    var why = objectionToPath(path);
    return why.isEmpty() ? objectionToQuery(query) : why;
  }

  static void check(String path, String query) {
    objection(path, query)
        .ifPresent(why -> {
          throw new IllegalPath(why);
        });
  }

  private static Optional<String> objectionToPath(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return Optional.of("the path does not begin with a slash");
    }
    var segment = new Segment();
    for (var i = 1; i < path.length(); i++) {
      var c = path.charAt(i);
      var read = c == '%' ? decoded(path, i) : c;
      if (!(c == '%' ? isFineEncoded(path, i, read) : isFine(c))) {
        return Optional.of("the path contains " + name(c, read));
      }
      if (c == '%') {
        i += 2;
      }
      var why = segment.next(read);
      if (!why.isEmpty()) {
        return Optional.of(why);
      }
    }
    var why = path.length() == 1 ? "" : segment.end();
    return why.isEmpty() ? Optional.empty() : Optional.of(why);
  }

  private static Optional<String> objectionToQuery(String query) {
    for (var i = 0; i < query.length(); i++) {
      var c = query.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return Optional.of("the query contains " + name(c, c));
      }
    }
    return Optional.empty();
  }

  private static boolean isFine(char c) {
    return c > ' ' && c < 0x7f && c != '\\' && c != '#' && c != '?';
  }

  private static boolean isFineEncoded(String path, int at, int read) {
    return read >= ' ' && read != 0x7f && read != '\\' && !isOverlong(read, path, at + 3);
  }

  /// Overlong forms (`%c0%ae` for a dot) are no UTF-8, but careless decoders take them.
  private static boolean isOverlong(int first, String path, int next) {
    return switch (first) {
      case 0xc0, 0xc1 -> true;
      case 0xe0 -> follows(path, next) < 0xa0;
      case 0xf0 -> follows(path, next) < 0x90;
      default -> first > 0xf4; // bytes are many; only these never begin a character
    };
  }

  private static int follows(String path, int at) {
    return at < path.length() && path.charAt(at) == '%' ? decoded(path, at) : BAD;
  }

  private static int decoded(String path, int at) {
    if (at + 2 >= path.length()) {
      return BAD;
    }
    var high = hex(path.charAt(at + 1));
    var low = hex(path.charAt(at + 2));
    return high < 0 || low < 0 ? BAD : high * 16 + low;
  }

  /// ASCII only: [Character#digit] would take the digits of other scripts.
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : BAD;
  }

  private static String name(char c, int read) {
    if (c == '%') {
      return read == BAD ? "a malformed % escape" : "a forbidden % escape";
    }
    return switch (c) {
      case '\\' -> "a backslash";
      case '#' -> "a #";
      case '?' -> "a ?";
      case ' ' -> "a space";
      default -> c >= 0x80 ? "a character beyond ASCII" : "a control character";
    };
  }

  /// The segment being read: its length, and whether it consists of dots so far. A `;` ends what
  /// counts, since some servers cut parameters off before they resolve dots.
  private static final class Segment {
    private boolean first = true;
    private boolean cut;
    private int length;
    private int dots;

    String next(int c) {
      if (c == '/') {
        var why = end();
        start();
        return why;
      }
      cut |= c == ';';
      if (!cut) {
        length++;
        dots += c == '.' ? 1 : 0;
      }
      return "";
    }

    String end() {
      if (first && length == 0) {
        return "the path begins with an empty segment";
      }
      return length == dots && (dots == 1 || dots == 2) ? "the path contains a dot segment" : "";
    }

    private void start() {
      first = false;
      cut = false;
      length = 0;
      dots = 0;
    }
  }
}
