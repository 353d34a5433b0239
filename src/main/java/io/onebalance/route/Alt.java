package io.onebalance.route;

/// What Google's parameter `alt` says of an answer's form, which may be written `$alt` as well.
final class Alt {
  private static final String SSE = "alt=sse";

  private Alt() {}

  /// Whether a stream is wanted as server-sent events.
  static boolean isSse(String query) {
    for (var at = query.indexOf(SSE); at >= 0; at = query.indexOf(SSE, at + 1)) {
      var start = at > 0 && query.charAt(at - 1) == '$' ? at - 1 : at;
      var end = at + SSE.length();
      var begins = start == 0 || query.charAt(start - 1) == '&';
      if (begins && (end == query.length() || query.charAt(end) == '&')) {
        return true;
      }
    }
    return false;
  }
}
