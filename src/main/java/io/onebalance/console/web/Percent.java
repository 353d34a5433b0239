package io.onebalance.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Percent-encoded text of a visit: what is broken is refused, never replaced.
public final class Percent {
  private Percent() {}

  /// The text behind an encoded one. In forms and queries a plus stands for a space.
  public static String decode(String text, boolean plusIsSpace) {
    var raw = text.getBytes(StandardCharsets.UTF_8);
    return io.onebalance.http.Percent.decode(raw, 0, raw.length, plusIsSpace)
        .orElseThrow(() ->
            Refusal.invalid(
                "the text has a percent sign that two hexadecimal digits do not follow, or is not"
                    + " UTF-8"));
  }

  /// The text as it stands in a query or a path segment.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Bytes that must be UTF-8.
  public static String utf8(byte[] bytes) {
    return io.onebalance.http.Percent.utf8(bytes, 0, bytes.length)
        .orElseThrow(() -> Refusal.invalid("the text is not valid UTF-8"));
  }
}
