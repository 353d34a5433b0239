package io.onebalance.route.body;

import java.util.Optional;

/// Resolves the backslashes of a JSON string, strictly: an unknown escape or half a surrogate pair
/// has no meaning that all readers share.
final class JsonEscapes {
  private JsonEscapes() {}

  private static final String SHORT = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";

  static Optional<String> resolve(String written) {
    var text = new StringBuilder(written.length());
    var i = 0;
    while (i < written.length()) {
      var c = written.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      var meant = i < written.length() ? meant(written, i) : -1;
      if (meant < 0) {
        return Optional.empty();
      }
      text.append((char) meant);
      i += written.charAt(i) == 'u' ? 5 : 1;
    }
    return paired(text) ? Optional.of(text.toString()) : Optional.empty();
  }

  private static int meant(String written, int at) {
    var c = written.charAt(at);
    if (c != 'u') {
      var known = SHORT.indexOf(c);
      return known < 0 ? -1 : MEANT.charAt(known);
    }
    var unit = 0;
    for (var i = at + 1; i <= at + 4; i++) {
      var digit = i < written.length() ? Character.digit(written.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static boolean paired(CharSequence text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
