package io.onebalance.provider.answer;

import io.onebalance.provider.frame.Frame;

/// The beginning of an answer with a 2xx status, before the client hears of it. `firstBytes` are at
/// most [#ENOUGH]; `complete` says that there are no more.
public record Opening(
    int status, String contentType, byte[] firstBytes, boolean complete, boolean viaGateway) {
  /// How much of an answer is looked at.
  public static final int ENOUGH = 8 * 1024;

  private static final String EVENTS = "text/event-stream";

  /// Whether these are server-sent events.
  public boolean isStream() {
    return is(EVENTS);
  }

  /// Whether these are frames of an AWS event stream.
  public boolean isFramed() {
    return is(Frame.CONTENT_TYPE);
  }

  private boolean is(String type) {
    return contentType.regionMatches(true, 0, type, 0, type.length());
  }
}
