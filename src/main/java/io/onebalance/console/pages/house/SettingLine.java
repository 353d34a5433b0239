package io.onebalance.console.pages.house;

/// A setting as it is in force: what it is, where that came from, and whether a change of it waits
/// for a restart. Secrets come masked.
public record SettingLine(String name, String value, String source, boolean restart) {}
