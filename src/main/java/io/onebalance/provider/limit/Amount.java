package io.onebalance.provider.limit;

import org.jspecify.annotations.Nullable;

/// A whole number in a field, read without garbage: it is read of every answer.
final class Amount {
  /// No number, or one that counts nothing: negative, or of more than 18 digits.
  static final long NONE = Allowance.UNTOLD;

  private static final int MOST_DIGITS = 18;

  private Amount() {}

  /// A fraction is cut off: what is left of a token is none.
  static long read(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    var digits = digits(text, 0);
    var whole = digits == text.length() || (digits > 0 && isFraction(text, digits));
    return whole && digits > 0 && digits <= MOST_DIGITS ? value(text, 0, digits) : NONE;
  }

  /// Where the digits end that begin here.
  static int digits(String text, int from) {
    var at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// The number that these digits write.
  static long value(String text, int from, int to) {
    var value = 0L;
    for (var at = from; at < to; at++) {
      value = value * 10 + (text.charAt(at) - '0');
    }
    return value;
  }

  private static boolean isFraction(String text, int dot) {
    return text.charAt(dot) == '.'
        && dot + 1 < text.length()
        && digits(text, dot + 1) == text.length();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
