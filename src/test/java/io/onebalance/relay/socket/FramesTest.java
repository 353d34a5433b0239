package io.onebalance.relay.socket;

import static io.onebalance.relay.socket.FrameBytes.closing;
import static io.onebalance.relay.socket.FrameBytes.masked;
import static io.onebalance.relay.socket.FrameBytes.plain;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final Secret KEY = new Secret("key-canary-0123456789");

  private final Frames client = Frames.ofClient(100);
  private final Frames server = Frames.ofServer(100, reason -> Scrub.scrub(reason, KEY), Ear.DEAF);

  @ParameterizedTest
  @DisplayName("F36 what breaks a rule does not pass, and is told by its code")
  @CsvSource({
    "c10100, 1002, a reserved bit",
    "8300, 1002, an opcode of data that means nothing",
    "8b00, 1002, an opcode of control that means nothing",
    "8000, 1002, a continuation of nothing",
    "0900, 1002, a control frame in fragments",
    "897e007e, 1002, a control frame that is too long",
    "88ffffffffffffffffff01020304, 1002, a control frame that is longer than can be",
    "887e000203e8, 1002, a control frame with a long form of its length",
    "818000000000, 1002, a mask where none belongs",
    "880100, 1002, half of a code",
    "880203ed, 1002, 1005 may not be sent",
    "880203e7, 1002, 999 is no code",
    "88020bb7, 1002, 2999 is nobody's",
    "8265, 1009, too many bytes",
    "827e0065, 1009, too many bytes in a longer head",
    "827fffffffffffffffff, 1009, more bytes than can be",
    "013c0000, 0, 60 bytes and more to come"
  })
  void rules(String hex, int code) {
    var bytes = Buffer.buffer(HexFormat.of().parseHex(hex));
    var passed = server.pass(bytes);
    if (code == 0) {
      assertThat(server.offence()).isEmpty();
      assertThat(passed).isEqualTo(bytes);
      assertThat(server.isBetweenFrames()).isFalse();
    } else {
      assertThat(server.offence()).hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(code));
      assertThat(passed.length()).isZero();
      assertThat(server.pass(plain(TEXT, "more")).length()).isZero();
    }
  }

  @Test
  @DisplayName("F36 a message in fragments counts as one, control frames between them do not")
  void fragments() {
    var start = plain(0x01, "x".repeat(60)).appendBuffer(plain(0x89, "y".repeat(60)));
    assertThat(server.pass(start).length()).isEqualTo(start.length());
    assertThat(server.pass(plain(0x80, "z".repeat(40))).length()).isEqualTo(42);
    assertThat(server.pass(plain(TEXT, "z".repeat(100))).length()).isEqualTo(102);
    assertThat(server.offence()).isEmpty();
    server.pass(plain(0x01, "x".repeat(60)));
    assertThat(server.pass(plain(0x80, "z".repeat(41))).length()).isZero();
    assertThat(server.offence()).hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(1009));
  }

  @Test
  void a_client_must_mask() {
    assertThat(client.pass(masked(TEXT, "hi"))).isEqualTo(masked(TEXT, "hi"));
    assertThat(client.pass(plain(TEXT, "hi")).length()).isZero();
    assertThat(client.offence()).hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(1002));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1003, 1007, 1014, 3000, 4999})
  void a_close_frame_passes_whole_and_is_the_last(int code) {
    var close = plain(CLOSE, closing(code, "enough"));
    for (var i = 0; i < close.length() - 1; i++) {
      assertThat(server.pass(close.getBuffer(i, i + 1)).length()).isZero();
    }
    assertThat(server.isClosed()).isFalse();
    var rest = close.getBuffer(close.length() - 1, close.length()).appendString("more");
    assertThat(server.pass(rest)).isEqualTo(close);
    assertThat(server.isClosed()).isTrue();
    assertThat(server.isBetweenFrames()).isTrue();
    assertThat(server.pass(plain(TEXT, "more")).length()).isZero();
  }

  @Test
  void after_a_clients_close_nothing_passes_either() {
    var close = masked(CLOSE, closing(1000, "bye"));
    assertThat(client.pass(close.copy().appendBuffer(masked(TEXT, "x")))).isEqualTo(close);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  @DisplayName("S26 a reason to close that echoes the key is scrubbed, what came before it is not")
  void a_reason_with_the_key() {
    var why = "Incorrect API key provided: key-canary-0123456789.";
    var sent = plain(TEXT, "hello").appendBuffer(plain(CLOSE, closing(4001, why)));
    assertThat(server.pass(sent).toString(ISO_8859_1))
        .startsWith(plain(TEXT, "hello").toString(ISO_8859_1))
        .endsWith(closing(4001, "Incorrect API key provided: [redacted]."))
        .doesNotContain("canary");
    assertThat(server.isClosed()).isTrue();
  }
}
