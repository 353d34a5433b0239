package io.onebalance.provider.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// One frame of an AWS event stream (`application/vnd.amazon.eventstream`, as Amazon Lex's and S3
/// Select's pages describe it): the length of all, the length of the headers, a checksum of both,
/// the headers, the payload, a checksum of everything; numbers are big-endian.
///
/// The checksums are left alone: whoever the frames are passed on to checks them. `headers` are
/// those with a text, `payload` is as much of it as there is.
public record Frame(Map<String, String> headers, byte[] payload) {
  public static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

  private static final int LENGTH = Integer.BYTES;
  private static final int PRELUDE = 3 * Integer.BYTES;
  private static final int CHECKSUM = Integer.BYTES;

  public Frame {
    headers = Map.copyOf(headers);
  }

  /// Whether a stream that begins so needs no more bytes for its first frame: it is whole, or can
  /// be none.
  public static boolean isDecided(byte[] start) {
    return start.length >= LENGTH
        && (length(start) < PRELUDE + CHECKSUM || start.length >= length(start));
  }

  /// The first frame of a stream, once its headers are there; empty also where it can be none.
  public static Optional<Frame> first(byte[] start) {
    if (start.length < PRELUDE) {
      return Optional.empty();
    }
    var payload = PRELUDE + (long) new HeaderReader(start, LENGTH, PRELUDE).number(LENGTH);
    var end = (long) length(start) - CHECKSUM;
    if (payload < PRELUDE || payload > end || payload > start.length) {
      return Optional.empty();
    }
    var from = (int) payload;
    return new HeaderReader(start, PRELUDE, from)
        .read()
        .map(headers ->
            new Frame(headers, Arrays.copyOfRange(start, from, (int) Math.min(end, start.length))));
  }

  /// The exception or the error that this frame is, by its name; empty for an event.
  public Optional<String> failure() {
    return switch (headers.getOrDefault(":message-type", "")) {
      case "exception" -> Optional.of(headers.getOrDefault(":exception-type", ""));
      case "error" -> Optional.of(headers.getOrDefault(":error-code", ""));
      // AWS adds to its kinds of messages; all others carry the answer.
      default -> Optional.empty();
    };
  }

  /// What a failure says of itself: its JSON, or the text of its header.
  public String words() {
    return headers.getOrDefault(":error-message", new String(payload, UTF_8));
  }

  private static int length(byte[] start) {
    return new HeaderReader(start, 0, LENGTH).number(LENGTH);
  }
}
