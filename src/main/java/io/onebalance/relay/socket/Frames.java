package io.onebalance.relay.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Follows the frames of one direction of a WebSocket (RFC 6455, section 5) while their bytes pass
/// untouched: it reads heads only and holds nothing but a head that is cut, or a Close frame. That
/// one is the last of its direction: what follows it is dropped.
final class Frames {
  private static final Buffer NOTHING = Buffer.buffer(0);
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final int TOO_BIG = 1009;
  private static final int AGAINST_THE_RULES = 1002;

  private final boolean masked;
  private final long most;
  private final UnaryOperator<byte[]> cleaning;
  private final Ear ear;
  private Buffer held = NOTHING;
  private long rest;
  private long message;
  private boolean inMessage;
  private boolean inData;
  private boolean closed;
  private @Nullable Offence offence;

  private Frames(boolean masked, long most, UnaryOperator<byte[]> cleaning, Ear ear) {
    this.masked = masked;
    this.most = most;
    this.cleaning = cleaning;
    this.ear = ear;
  }

  /// Frames of a client's, which must be masked. `most`: how many bytes a message may have, all its
  /// frames together.
  static Frames ofClient(long most) {
    return new Frames(true, most, UnaryOperator.identity(), Ear.DEAF);
  }

  /// Frames of a server's. `cleaning` takes out of a reason to close what a client may not see; it
  /// gives the same array back where there is nothing of the kind (S26). `ear` hears the messages.
  static Frames ofServer(long most, UnaryOperator<byte[]> cleaning, Ear ear) {
    return new Frames(false, most, cleaning, ear);
  }

  /// Why a socket must end, in the words of a Close frame.
  record Offence(int code, String why) {}

  /// The bytes that may go on: all that came, but for a head that is not complete yet, what breaks
  /// a rule and what follows a Close frame.
  Buffer pass(Buffer piece) {
    var bytes = held.length() == 0 ? piece : held.copy().appendBuffer(piece);
    held = NOTHING;
    var at = skip(bytes, 0);
    while (at < bytes.length() && offence == null && !closed) {
      var head = new Head(bytes, at);
      if (!head.isComplete()) {
        held = bytes.getBuffer(at, bytes.length());
        break;
      }
      begin(head);
      if (closed && offence == null && !head.masked()) {
        rest = 0;
        return closing(head);
      }
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
    if (inData) {
      hear(bytes, at, at + passing);
    }
    return at + passing;
  }

  private void hear(Buffer bytes, int from, int to) {
    if (from < to) {
      ear.hears(bytes, from, to);
    }
    inData = rest > 0;
    if (!inData && !inMessage) {
      ear.ends();
    }
  }

  /// All up to a server's Close frame, and that one with a clean reason.
  private Buffer closing(Head head) {
    var reason = head.reason();
    var clean = cleaning.apply(reason);
    var end = head.at() + head.length() + (int) head.payload();
    return Arrays.equals(clean, reason)
        ? head.bytes().slice(0, end)
        : head.bytes()
            .getBuffer(0, head.at())
            .appendBuffer(new Farewell(head.code(), new String(clean, UTF_8)).toClient());
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
    inData = offence == null && head.opcode() < CLOSE;
    if (inData && head.opcode() != 0) {
      ear.begins();
    }
  }

  private void control(Head head) {
    if (head.opcode() > PONG || !head.last() || !head.isShort()) {
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
