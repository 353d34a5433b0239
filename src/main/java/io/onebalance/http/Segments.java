package io.onebalance.http;

/// The segments of a path: none may be `.` or `..`, and the first may not be empty. A `;` ends what
/// counts of a segment, since some servers cut parameters off before they resolve dots.
final class Segments {
  private Segments() {}

  /// What is wrong with the segments of a path that begins with `/`, or an empty text.
  static String objection(String path) {
    var from = 1;
    while (from <= path.length()) {
      var slash = path.indexOf('/', from);
      var end = slash < 0 ? path.length() : slash;
      var length = bareLength(path, from, end);
      if (length == 0 && from == 1 && path.length() > 1) {
        return "the path begins with an empty segment";
      }
      if (isDots(path, from, length)) {
        return "the path contains a dot segment";
      }
      from = end + 1;
    }
    return "";
  }

  private static int bareLength(String path, int from, int end) {
    var parameter = path.indexOf(';', from, end);
    return (parameter < 0 ? end : parameter) - from;
  }

  private static boolean isDots(String path, int from, int length) {
    return (length == 1 || length == 2) && path.startsWith("..".substring(0, length), from);
  }
}
