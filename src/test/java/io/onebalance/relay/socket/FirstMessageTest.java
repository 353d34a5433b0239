package io.onebalance.relay.socket;

import static io.onebalance.relay.socket.FrameBytes.masked;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirstMessageTest {
  private final FirstMessage first = new FirstMessage("gemini-live"::equals);

  private static String setup(String model) {
    return "{\"setup\":{\"model\":\"models/" + model + "\"}}";
  }

  @Test
  void nothing_passes_before_the_model_is_known_and_then_all() {
    var setup = setup("gemini-live");
    var all =
        masked(0x89, "ping")
            .appendBuffer(masked(0x01, setup.substring(0, 12)))
            .appendBuffer(masked(0x8a, ""))
            .appendBuffer(masked(0x80, setup.substring(12)));
    for (var i = 0; i < all.length() - 1; i++) {
      assertThat(first.pass(all.getBuffer(i, i + 1)).length()).isZero();
    }
    assertThat(first.pass(all.getBuffer(all.length() - 1, all.length()))).isEqualTo(all);
    assertThat(first.pass(Buffer.buffer("more"))).isEqualTo(Buffer.buffer("more"));
    assertThat(first.offence()).isEmpty();
  }

  @Test
  void another_model_is_refused_by_name() {
    assertThat(first.pass(masked(0x82, setup("other"))).length()).isZero();
    assertThat(first.offence())
        .contains(new Frames.Offence(1008, "This gateway key may not use other."));
    assertThat(first.pass(masked(0x82, setup("gemini-live"))).length()).isZero();
  }

  @Test
  void a_message_without_a_model_is_refused() {
    first.pass(masked(0x81, "{\"realtimeInput\":{}}"));
    assertThat(first.offence()).hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(1008));
  }

  @Test
  @DisplayName("F36 a first message without an end is held up to a limit, and read once")
  void a_first_message_is_bounded() {
    var piece = masked(0x00, "x".repeat(100));
    first.pass(masked(0x01, "{"));
    for (var i = 0; i < (256 << 10) / piece.length() - 1; i++) {
      assertThat(first.pass(piece).length()).isZero();
    }
    assertThat(first.offence()).isEmpty();
    first.pass(piece);
    assertThat(first.offence()).hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(1009));
  }
}
