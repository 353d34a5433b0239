package io.onebalance.console.pages;

/// Where the style sheet, the scripts and the icon of every page are.
public record Look(String css, Scripts scripts, String icon) {
  /// Our own script, htmx, and the charts, which only pages with charts load.
  public record Scripts(String own, String htmx, String charts) {}
}
