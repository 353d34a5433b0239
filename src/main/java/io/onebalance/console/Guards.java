package io.onebalance.console;

import io.onebalance.console.web.Answers;
import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import java.util.ArrayList;
import java.util.List;

/// The fields every answer carries: nothing runs but our own files, nothing frames our pages, no
/// address of ours is told to others, nothing is kept but files with a hash in their name.
final class Guards {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final List<Header> ALWAYS =
      List.of(
          new Header("content-security-policy", POLICY),
          new Header("x-content-type-options", "nosniff"),
          new Header("x-frame-options", "DENY"),
          new Header("referrer-policy", "no-referrer"),
          new Header("cross-origin-opener-policy", "same-origin"),
          new Header("cross-origin-resource-policy", "same-origin"));

  private Guards() {}

  static Reply on(Reply reply) {
    var more = new ArrayList<>(ALWAYS);
    if (headers(reply).stream().noneMatch(header -> header.name().equals("cache-control"))) {
      more.add(new Header("cache-control", "no-store"));
    }
    return Answers.with(reply, more);
  }

  private static List<Header> headers(Reply reply) {
    return switch (reply) {
      case Reply.Whole whole -> whole.headers();
      case Reply.Streamed streamed -> streamed.headers();
    };
  }
}
