package io.onebalance.access.limit.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/// Dollars as people write them, and as they are counted: in whole millionths.
public final class Usd {
  private static final int DIGITS = 6;
  private static final Pattern WRITTEN = Pattern.compile("\\d{1,9}(?:\\.\\d{1,6})?");

  private Usd() {}

  /// The millionths in `12.50`, or nothing where the text is no amount of dollars.
  public static Optional<Long> micros(String text) {
    return WRITTEN.matcher(text).matches()
        ? Optional.of(new BigDecimal(text).movePointRight(DIGITS).longValueExact())
        : Optional.empty();
  }

  /// As it is told: at least two digits behind the point, and no more than needed.
  public static String text(long micros) {
    var exact = BigDecimal.valueOf(micros, DIGITS).stripTrailingZeros();
    return "$"
        + exact.setScale(Math.max(2, exact.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}
