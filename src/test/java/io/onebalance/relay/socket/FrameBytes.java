package io.onebalance.relay.socket;

import io.vertx.core.buffer.Buffer;

/// Frames of WebSockets as they go over the wire, for tests.
final class FrameBytes {
  private static final byte[] MASK = {1, 2, 3, 4};

  private FrameBytes() {}

  /// An unmasked frame of at most 125 bytes; `first` holds its opcode and bits.
  static Buffer plain(int first, String payload) {
    return Buffer.buffer()
        .appendByte((byte) first)
        .appendByte((byte) payload.length())
        .appendString(payload, "ISO-8859-1");
  }

  /// The same, masked.
  static Buffer masked(int first, String payload) {
    var frame =
        Buffer.buffer()
            .appendByte((byte) first)
            .appendByte((byte) (0x80 | payload.length()))
            .appendBytes(MASK);
    for (var i = 0; i < payload.length(); i++) {
      frame.appendByte((byte) (payload.charAt(i) ^ MASK[i % 4]));
    }
    return frame;
  }

  /// What a Close frame carries.
  static String closing(int code, String reason) {
    return "" + (char) (code >> 8) + (char) (code & 0xff) + reason;
  }
}
