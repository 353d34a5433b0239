package io.onebalance.provider;

import java.nio.charset.StandardCharsets;

/// The beginning of an answer with a 2xx status, before the client hears of it. `firstBytes` are at
/// most [#ENOUGH]; `complete` says that there are no more.
public record Opening(
    int status, String contentType, byte[] firstBytes, boolean complete, boolean viaGateway) {
  /// How much of an answer is looked at.
  public static final int ENOUGH = 8 * 1024;

  private static final String EVENTS = "text/event-stream";

  /// Whether there is enough to judge by: all of it, as much as is looked at, the first whole event
  /// of a stream, or any byte of something else. Before that, whoever reads should wait for more.
  public boolean isEnough() {
    return complete
        || firstBytes.length >= ENOUGH
        || (isStream() ? hasEvent() : firstBytes.length > 0);
  }

  /// Whether these are server-sent events.
  public boolean isStream() {
    return contentType.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
  }

  private boolean hasEvent() {
    var text = new String(firstBytes, StandardCharsets.ISO_8859_1);
    var data =
        text.startsWith("data:") ? 0 : Math.max(text.indexOf("\ndata:"), text.indexOf("\rdata:"));
    return data >= 0
        && (text.indexOf("\n\n", data) > 0
            || text.indexOf("\r\n\r\n", data) > 0
            || text.indexOf("\r\r", data) > 0);
  }
}
