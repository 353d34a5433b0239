package io.onebalance.relay.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.random.RandomGenerator;

/// The Close frame that this program says of its own.
record Farewell(int code, String why) {
  static final int LEAVING = 1001;
  static final int REFUSED = 1008;
  static final int FAILED = 1011;

  private static final int LONGEST_REASON = 123;

  /// The frame as it goes to a client.
  Buffer toClient() {
    var reason = reason();
    return Buffer.buffer(4 + reason.length)
        .appendByte((byte) 0x88)
        .appendByte((byte) (2 + reason.length))
        .appendUnsignedShort(code)
        .appendBytes(reason);
  }

  /// The frame as it goes to a server: masked.
  Buffer toServer(RandomGenerator chance) {
    var plain = toClient();
    var mask = new byte[4];
    chance.nextBytes(mask);
    var frame =
        Buffer.buffer(plain.length() + mask.length)
            .appendByte(plain.getByte(0))
            .appendByte((byte) (plain.getByte(1) | 0x80))
            .appendBytes(mask);
    for (var i = 2; i < plain.length(); i++) {
      frame.appendByte((byte) (plain.getByte(i) ^ mask[(i - 2) % mask.length]));
    }
    return frame;
  }

  /// Reasons of ours are ASCII, so they can be cut anywhere.
  private byte[] reason() {
    var text = why.replaceAll("[^\\x20-\\x7e]", "?");
    return text.substring(0, Math.min(text.length(), LONGEST_REASON)).getBytes(UTF_8);
  }
}
