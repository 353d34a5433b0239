package io.onebalance.provider;

import io.onebalance.provider.url.IllegalPath;

/// The cheapest call that shows whether a key is good. `path` and `query` are the provider's own,
/// `body` is JSON or empty. An answer that blames only the request (a 404) shows that too.
public record Probe(String method, String path, String query, String body) {
  /// Reads `GET /v1/models?limit=1` or `POST /v1/x {"a":1}`.
  static Probe parse(String text) {
    var words = text.split(" ", 3);
    if (words.length < 2 || !words[1].startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a call; allowed: METHOD /PATH [BODY]");
    }
    var mark = words[1].indexOf('?');
    var path = mark < 0 ? words[1] : words[1].substring(0, mark);
    var query = mark < 0 ? "" : words[1].substring(mark + 1);
    IllegalPath.check(path, query);
    return new Probe(words[0], path, query, words.length < 3 ? "" : words[2]);
  }
}
