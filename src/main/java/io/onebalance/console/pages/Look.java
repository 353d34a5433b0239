package io.onebalance.console.pages;

import io.onebalance.console.pages.words.Taste.Language;
import java.util.Map;

/// Where the style sheet, the scripts and the icon of every page are, and, where a language has
/// them, the sentences of other rooms.
public record Look(String css, Scripts scripts, String icon, Map<Language, String> sentences) {
  public Look {
    sentences = Map.copyOf(sentences);
  }

  /// Our own script, htmx, and the charts, which only pages with charts load.
  public record Scripts(String own, String htmx, String charts) {}
}
