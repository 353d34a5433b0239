package io.onebalance.relay.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A plain reading of RFC 6455, section 5, of bytes that are all there: how many of them may pass,
/// how it ends (`open`, `closed`, or the code of the rule that is broken), the reason of a Close
/// frame, and the first message, by whomever.
record PlainFrames(int passing, String end, byte[] reason, Optional<byte[]> first) {
  private static final byte[] NONE = {};

  static PlainFrames read(byte[] bytes, boolean masked, long most) {
    var first = first(bytes);
    var in = ByteBuffer.wrap(bytes);
    var message = -1L;
    while (true) {
      var start = in.position();
      var frame = Frame.next(in);
      if (frame.isEmpty() || (frame.get().isShortClose() && !frame.get().isWhole(in))) {
        return new PlainFrames(start, "open", NONE, first);
      }
      var is = frame.get();
      var wrong = is.wrong(masked, message, most);
      if (!wrong.isEmpty()) {
        return new PlainFrames(start, wrong, NONE, first);
      }
      if (is.opcode == 8) {
        var payload = is.payload(in);
        if (!mayClose(payload)) {
          return new PlainFrames(start, "1002", NONE, first);
        }
        var reason = payload.length < 2 ? NONE : Arrays.copyOfRange(payload, 2, payload.length);
        return new PlainFrames(in.position(), "closed", reason, first);
      }
      if (is.opcode < 8) {
        message = is.last ? -1 : Math.max(message, 0) + is.length;
      }
      if (!is.isWhole(in)) {
        return new PlainFrames(bytes.length, "open", NONE, first);
      }
      is.payload(in);
    }
  }

  private static boolean mayClose(byte[] payload) {
    if (payload.length < 2) {
      return payload.length == 0;
    }
    var code = ByteBuffer.wrap(payload).getShort() & 0xffff;
    return switch (code / 1000) {
      case 1 -> code < 1015 && code != 1004 && code != 1005 && code != 1006;
      case 3, 4 -> true;
      default -> false;
    };
  }

  /// What stands in the frames of data up to the first that is a message's last.
  private static Optional<byte[]> first(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var message = new ByteArrayOutputStream();
    while (true) {
      var frame = Frame.next(in);
      if (frame.isEmpty() || !frame.get().isWhole(in)) {
        return Optional.empty();
      }
      var payload = frame.get().payload(in);
      if (frame.get().opcode < 8) {
        message.writeBytes(payload);
        if (frame.get().last) {
          return Optional.of(message.toByteArray());
        }
      }
    }
  }

  /// `length` is negative where it is more than can be.
  private record Frame(
      boolean last, int small, int reserved, int opcode, boolean masked, long length, byte[] mask) {
    static Optional<Frame> next(ByteBuffer in) {
      in.mark();
      if (in.remaining() < 2) {
        return Optional.empty();
      }
      int first = in.get();
      int second = in.get();
      var small = second & 127;
      var mask = new byte[second < 0 ? 4 : 0];
      if (in.remaining() < (small == 126 ? 2 : small == 127 ? 8 : 0) + mask.length) {
        in.reset();
        return Optional.empty();
      }
      var length = small == 126 ? in.getShort() & 0xffff : small == 127 ? in.getLong() : small;
      in.get(mask);
      return Optional.of(
          new Frame(first < 0, small, first & 0x70, first & 15, second < 0, length, mask));
    }

    boolean isShortClose() {
      return opcode == 8 && small < 126;
    }

    boolean isWhole(ByteBuffer in) {
      return length >= 0 && in.remaining() >= length;
    }

    byte[] payload(ByteBuffer in) {
      var payload = new byte[(int) length];
      in.get(payload);
      for (var i = 0; masked && i < payload.length; i++) {
        payload[i] ^= mask[i & 3];
      }
      return payload;
    }

    /// The code of the rule that it breaks, or nothing. `message`: how many bytes the message has
    /// so far to which it may belong, negative outside of one.
    String wrong(boolean mustBeMasked, long message, long most) {
      if (opcode > 10
          || (opcode > 2 && opcode < 8)
          || (opcode > 7 && (!last || small > 125))
          || (opcode < 8 && (opcode == 0) != (message >= 0))) {
        return "1002";
      }
      if (opcode < 8 && (length < 0 || length > most - Math.max(message, 0))) {
        return "1009";
      }
      return reserved != 0 || masked != mustBeMasked ? "1002" : "";
    }
  }
}
