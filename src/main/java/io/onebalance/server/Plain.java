package io.onebalance.server;

import io.onebalance.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Replies of one line of text.
final class Plain {
  private static final List<Header> HEADERS =
      List.of(
          new Header("content-type", "text/plain; charset=utf-8"),
          new Header("cache-control", "no-store"),
          new Header("x-content-type-options", "nosniff"));

  private Plain() {}

  static Reply.Whole of(int status, String line) {
    return new Reply.Whole(status, HEADERS, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
