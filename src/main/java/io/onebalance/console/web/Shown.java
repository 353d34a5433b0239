package io.onebalance.console.web;

import java.util.Collection;
import java.util.stream.Collectors;

/// Foreign text as it may stand in a message: short, and without characters that control.
public final class Shown {
  private static final int LONGEST = 40;

  private Shown() {}

  public static String brief(String text) {
    var clean =
        text.codePoints()
            .limit(LONGEST)
            .map(point -> Character.isISOControl(point) ? '?' : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.length() < text.length() ? clean + "…" : clean;
  }

  /// Names in alphabetical order, with commas.
  public static String list(Collection<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }
}
