package io.onebalance.relay.socket;

import io.vertx.core.buffer.Buffer;

/// The head of a frame (RFC 6455, 5.2) that begins at `at`. Ask for nothing but its completeness
/// before it is complete.
record Head(Buffer bytes, int at) {
  private static final int CLOSE = 8;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int MASK = 4;

  /// Whether it is all there; of a Close frame, whether all of the frame is, unless that is too
  /// long to be one.
  boolean isComplete() {
    var there = bytes.length() - at;
    if (there < 2 || there < length()) {
      return false;
    }
    var ends = opcode() == CLOSE && isShort() ? length() + small() : 0;
    return there >= ends;
  }

  int length() {
    var more = small() == SHORT ? 2 : small() == LONG ? 8 : 0;
    return 2 + more + (masked() ? MASK : 0);
  }

  /// Whether the length is of the short form, up to 125 bytes, the only one for control frames.
  boolean isShort() {
    return small() < SHORT;
  }

  boolean last() {
    return (bytes.getByte(at) & 0x80) != 0;
  }

  /// Whether a bit is set that only an extension could have set.
  boolean reserved() {
    return (bytes.getByte(at) & 0x70) != 0;
  }

  int opcode() {
    return bytes.getByte(at) & 0x0f;
  }

  boolean masked() {
    return (bytes.getByte(at + 1) & 0x80) != 0;
  }

  /// How long the payload is; negative where it is more than can be.
  long payload() {
    return switch (small()) {
      case SHORT -> bytes.getUnsignedShort(at + 2);
      case LONG -> bytes.getLong(at + 2);
      default -> small(); // any other number is the length itself
    };
  }

  /// A byte of the payload, unmasked.
  int octet(int index) {
    var raw = bytes.getByte(at + length() + index);
    return 0xff & (masked() ? raw ^ bytes.getByte(at + length() - MASK + index % MASK) : raw);
  }

  /// Of a Close frame: whether its code is one that may be sent (RFC 6455, 7.4): none, 1000 to 1014
  /// without those that only stand for something (1004 to 1006), 3000 to 4999.
  boolean hasLegalCode() {
    if (payload() == 0) {
      return true;
    }
    var code = payload() == 1 ? 0 : code();
    return (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006))
        || (code >= 3000 && code <= 4999);
  }

  /// Of a Close frame with a payload: why, as a number.
  int code() {
    return octet(0) << 8 | octet(1);
  }

  /// Of an unmasked Close frame: why, in words; empty where there are none.
  byte[] reason() {
    var from = at + length();
    return payload() <= 2 ? new byte[0] : bytes.getBytes(from + 2, from + (int) payload());
  }

  private int small() {
    return bytes.getByte(at + 1) & 0x7f;
  }
}
