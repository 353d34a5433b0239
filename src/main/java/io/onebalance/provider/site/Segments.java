package io.onebalance.provider.site;

/// Raw paths by their segments, without decoding.
final class Segments {
  private Segments() {}

  /// The first segment of a path that begins with a slash.
  static String first(String path) {
    var end = path.indexOf('/', 1);
    return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
  }

  /// What follows the first segment: empty, or a path that begins with a slash.
  static String rest(String path) {
    var end = path.indexOf('/', 1);
    return end < 0 ? "" : path.substring(end);
  }
}
