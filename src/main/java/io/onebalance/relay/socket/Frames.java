package io.onebalance.relay.socket;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows the frames of one direction of a WebSocket (RFC 6455, section 5) while their bytes pass
/// untouched: it reads heads only and holds nothing but a head that is cut, or a Close frame.
final class Frames {
  private static final Buffer NOTHING = Buffer.buffer(0);
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final int LONGEST_CONTROL = 125;
  private static final int TOO_BIG = 1009;
  private static final int AGAINST_THE_RULES = 1002;

  private final boolean masked;
  private final long most;
  private Buffer held = NOTHING;
  private long rest;
  private long message;
  private boolean inMessage;
  private boolean closed;
  private @Nullable Offence offence;

  /// `masked`: whether frames of this direction must be, as a client's must. `most`: how many bytes
  /// a message may have, all its frames together.
  Frames(boolean masked, long most) {
    this.masked = masked;
    this.most = most;
  }

  /// Why a socket must end, in the words of a Close frame.
  record Offence(int code, String why) {}

  /// The bytes that may go on: all that came, but for a head that is not complete yet and for what
  /// breaks a rule.
  Buffer pass(Buffer piece) {
    var bytes = held.length() == 0 ? piece : held.copy().appendBuffer(piece);
    held = NOTHING;
    var at = skip(bytes, 0);
    while (at < bytes.length() && offence == null) {
      var head = new Head(bytes, at);
      if (!head.isComplete()) {
        held = bytes.getBuffer(at, bytes.length());
        break;
      }
      begin(head);
      at = offence == null ? skip(bytes, at + head.length()) : at;
    }
    return at == bytes.length() ? bytes : bytes.slice(0, at);
  }

  /// What broke a rule; nothing passes from then on.
  Optional<Offence> offence() {
    return Optional.ofNullable(offence);
  }

  /// Whether a Close frame went by.
  boolean isClosed() {
    return closed;
  }

  /// Whether a frame of another's may follow on what passed so far: no frame is cut.
  boolean isBetweenFrames() {
    return rest == 0;
  }

  private int skip(Buffer bytes, int at) {
    var passing = (int) Math.min(rest, bytes.length() - at);
    rest -= passing;
    return at + passing;
  }

  private void begin(Head head) {
    if (head.opcode() >= CLOSE) {
      control(head);
    } else {
      data(head);
    }
    if (offence == null && (head.reserved() || head.masked() != masked)) {
      offend(AGAINST_THE_RULES, "a frame's bits are not as they must be");
    }
    rest = offence == null ? head.payload() : 0;
  }

  private void control(Head head) {
    if (head.opcode() > PONG || !head.last() || head.payload() > LONGEST_CONTROL) {
      offend(AGAINST_THE_RULES, "a control frame is not as it must be");
    } else if (head.opcode() == CLOSE) {
      closed = true;
      if (!head.hasLegalCode()) {
        offend(AGAINST_THE_RULES, "the code of a Close frame is none that may be sent");
      }
    }
  }

  private void data(Head head) {
    var begins = head.opcode() != 0;
    if (head.opcode() > 2 || begins == inMessage) {
      offend(AGAINST_THE_RULES, "a data frame is not in its place");
      return;
    }
    message += head.payload();
    if (head.payload() < 0 || message > most || message < 0) {
      offend(TOO_BIG, "a message is larger than " + most + " bytes");
    }
    inMessage = !head.last();
    message = inMessage ? message : 0;
  }

  private void offend(int code, String why) {
    offence = new Offence(code, why);
  }
}
