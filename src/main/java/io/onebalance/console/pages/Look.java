package io.onebalance.console.pages;

/// Where the style sheet, the script and the icon of every page are.
public record Look(String css, String js, String icon) {}
