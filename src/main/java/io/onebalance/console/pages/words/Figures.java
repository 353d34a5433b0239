package io.onebalance.console.pages.words;

import java.util.Locale;

/// Numbers as people read them.
public final class Figures {
  private static final double NANOS_A_DOLLAR = 1e9;
  private static final long LEAST_NANOS = 100_000;
  private static final long THOUSAND = 1_000;
  private static final long MILLION = 1_000_000;
  private static final long BILLION = 1_000_000_000;

  private Figures() {}

  /// `950`, `12.3k`, `4.1M`.
  public static String brief(long number) {
    if (number < 10 * THOUSAND) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    if (number < MILLION) {
      return scaled(number, THOUSAND) + "k";
    }
    return number < BILLION ? scaled(number, MILLION) + "M" : scaled(number, BILLION) + "G";
  }

  private static String scaled(long number, long unit) {
    return String.format(Locale.ROOT, "%.1f", (double) number / unit);
  }

  /// Of nano-dollars: cents, and more places below a dollar.
  public static String dollars(long nanos) {
    if (nanos > 0 && nanos < LEAST_NANOS) {
      return "<$0.0001";
    }
    var dollars = nanos / NANOS_A_DOLLAR;
    return String.format(Locale.ROOT, nanos == 0 || dollars >= 1 ? "$%,.2f" : "$%.4f", dollars);
  }

  /// `12.5 %`; a dash where there is nothing to have a part of.
  public static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /// `85 ms`, `1.4 s`; a dash where there is nothing to average.
  public static String average(long millis, long many) {
    if (many == 0) {
      return "-";
    }
    var average = millis / many;
    return average < 1_000
        ? average + " ms"
        : String.format(Locale.ROOT, "%.1f s", average / 1_000.0);
  }
}
