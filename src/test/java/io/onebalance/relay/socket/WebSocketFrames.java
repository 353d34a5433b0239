package io.onebalance.relay.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.fuzz.Input;
import io.onebalance.fuzz.Target;
import io.onebalance.route.LiveSession;
import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// Frames of a WebSocket. The first line tells how large the pieces are, the second how large a
/// message may be, the third whose frames they are (`client` or `server`); the rest is what came.
///
/// Wherever it is cut, the same bytes pass and the same rule is broken, and they are those of a
/// plain reading of RFC 6455; no more is held back than the longest Close frame; no key passes in a
/// reason; a first message is approved by what it says and by nothing else.
public final class WebSocketFrames implements Target {
  private static final String KEY = "key-canary-0123456789";
  private static final int LONGEST_CLOSE = 2 + 4 + 125;

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var size = parts.number(1, 4096);
    var most = parts.number(0, 9000);
    var masked = parts.line().equals("client");
    var bytes = parts.rest();
    var plain = PlainFrames.read(bytes, masked, most);
    check(pass(bytes, size, frames(masked, most)), bytes, plain);
    check(pass(bytes, bytes.length + 1, frames(masked, most)), bytes, plain);
    assertThat(isApproved(bytes, size))
        .isEqualTo(plain.first().flatMap(LiveSession::model).filter(this::mayUse).isPresent());
  }

  private boolean mayUse(String model) {
    return model.startsWith("gemini");
  }

  private static Frames frames(boolean masked, long most) {
    return masked
        ? Frames.ofClient(most)
        : Frames.ofServer(most, reason -> Scrub.scrub(reason, new Secret(KEY)), new Turns(_ -> {}));
  }

  /// What went on, and how it ended.
  private record Passed(byte[] bytes, String end) {}

  private static Passed pass(byte[] bytes, int size, Frames frames) {
    var passed = Buffer.buffer();
    for (var from = 0; from < bytes.length; from += size) {
      var to = Math.min(bytes.length, from + size);
      passed.appendBuffer(frames.pass(Buffer.buffer(Arrays.copyOfRange(bytes, from, to))));
      if (end(frames).equals("open")) {
        assertThat(to - passed.length()).as("held").isBetween(0, LONGEST_CLOSE - 1);
      }
    }
    return new Passed(passed.getBytes(), end(frames));
  }

  private static String end(Frames frames) {
    return frames
        .offence()
        .map(offence -> Integer.toString(offence.code()))
        .orElse(frames.isClosed() ? "closed" : "open");
  }

  private static void check(Passed passed, byte[] bytes, PlainFrames plain) {
    assertThat(passed.end()).isEqualTo(plain.end());
    var expected = Arrays.copyOf(bytes, plain.passing());
    if (Arrays.equals(passed.bytes(), expected)) {
      assertThat(latin(plain.reason())).doesNotContain(KEY);
    } else {
      checkCleaned(passed.bytes(), expected, plain.reason());
    }
  }

  /// Only a reason may be another than it was, in a Close frame that is well made.
  private static void checkCleaned(byte[] passed, byte[] expected, byte[] reason) {
    var close = expected.length - reason.length - 4;
    assertThat(Arrays.copyOf(passed, close)).isEqualTo(Arrays.copyOf(expected, close));
    assertThat(passed.length).isBetween(close + 4, close + 4 + 123);
    assertThat(passed[close]).isEqualTo((byte) 0x88);
    assertThat(passed[close + 1]).isEqualTo((byte) (passed.length - close - 2));
    assertThat(passed).containsSubsequence(expected[close + 2], expected[close + 3]);
    assertThat(latin(passed).substring(close)).doesNotContain(KEY);
  }

  private boolean isApproved(byte[] bytes, int size) {
    var first = new FirstMessage(this::mayUse);
    for (var from = 0; from < bytes.length && first.offence().isEmpty(); from += size) {
      var to = Math.min(bytes.length, from + size);
      var passed = first.pass(Buffer.buffer(Arrays.copyOfRange(bytes, from, to)));
      if (passed.length() > 0) {
        assertThat(passed.getBytes()).isEqualTo(Arrays.copyOf(bytes, to));
        return true;
      }
    }
    return false;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
