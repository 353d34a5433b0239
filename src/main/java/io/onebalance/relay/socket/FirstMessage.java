package io.onebalance.relay.socket;

import io.onebalance.relay.socket.Frames.Offence;
import io.onebalance.route.LiveSession;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Holds back what a client says until its first message is whole and the model that it names is
/// found to be one that the caller may use. Bounded.
final class FirstMessage {
  private static final int MOST = 256 << 10;
  private static final int CONTROL = 8;

  private final Predicate<String> allowed;
  private final Buffer message = Buffer.buffer();
  private Buffer held = Buffer.buffer();
  private int read;
  private boolean passed;
  private @Nullable Offence offence;

  FirstMessage(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /// What may go on now: nothing until the message was approved, then all that was held.
  Buffer pass(Buffer piece) {
    if (passed) {
      return piece;
    }
    held.appendBuffer(piece);
    if (offence == null && isWhole()) {
      judge();
    }
    if (!passed && offence == null && held.length() > MOST) {
      offence = new Offence(1009, "the first message is larger than " + MOST + " bytes");
    }
    var all = passed ? held : Buffer.buffer();
    held = passed ? Buffer.buffer() : held;
    return all;
  }

  /// Why the socket must end.
  Optional<Offence> offence() {
    return Optional.ofNullable(offence);
  }

  private void judge() {
    var model = LiveSession.model(message.getBytes());
    if (model.isEmpty()) {
      refuse("This gateway key may only use certain models; the first message names none.");
    } else if (allowed.test(model.get())) {
      passed = true;
    } else {
      refuse("This gateway key may not use " + model.get() + ".");
    }
  }

  private void refuse(String why) {
    offence = new Offence(Farewell.REFUSED, why);
  }

  /// Reads on, each frame once, and tells whether the last one of the first message is there.
  private boolean isWhole() {
    while (read < held.length()) {
      var head = new Head(held, read);
      if (!head.isComplete() || head.payload() < 0 || head.payload() > left(head)) {
        return false;
      }
      read += head.length() + (int) head.payload();
      if (head.opcode() < CONTROL) {
        unmask(head);
        if (head.last()) {
          return true;
        }
      }
    }
    return false;
  }

  private void unmask(Head head) {
    for (var i = 0; i < head.payload(); i++) {
      message.appendByte((byte) head.octet(i));
    }
  }

  private int left(Head head) {
    return held.length() - read - head.length();
  }
}
