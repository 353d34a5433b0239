package io.onebalance.provider.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.EventFrame;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  private static final byte[] THROTTLED = EventFrame.exception("throttlingException", "slow down");

  @Test
  void an_exception_tells_its_name_and_its_words() {
    var frame = Frame.first(THROTTLED).orElseThrow();
    assertThat(frame.failure()).hasValue("throttlingException");
    assertThat(frame.words()).isEqualTo("{\"message\":\"slow down\"}");
  }

  @Test
  void an_error_without_a_payload_tells_them_in_headers() {
    var headers =
        Map.of(":message-type", "error", ":error-code", "InternalError", ":error-message", "oh");
    var frame = Frame.first(EventFrame.of(headers, new byte[0])).orElseThrow();
    assertThat(frame.failure()).hasValue("InternalError");
    assertThat(frame.words()).isEqualTo("oh");
  }

  @Test
  void an_event_is_no_failure() {
    var frame = Frame.first(EventFrame.event("messageStart", "{}")).orElseThrow();
    assertThat(frame.failure()).isEmpty();
  }

  @Test
  void wherever_it_is_cut_it_is_the_same_frame_or_none_yet() {
    var whole = Frame.first(THROTTLED).orElseThrow().headers();
    var seen = 0;
    for (var length = 0; length < THROTTLED.length; length++) {
      var cut = Arrays.copyOf(THROTTLED, length);
      var frame = Frame.first(cut);
      seen += frame.isPresent() ? 1 : 0;
      assertThat(frame.map(Frame::headers).orElse(whole)).isEqualTo(whole);
      assertThat(Frame.isDecided(cut)).as("%d bytes", length).isFalse();
    }
    assertThat(seen).as("the payload may still be on its way").isGreaterThan(20);
    assertThat(Frame.isDecided(THROTTLED)).isTrue();
    assertThat(Frame.isDecided(Arrays.copyOf(THROTTLED, THROTTLED.length + 9))).isTrue();
  }

  @Test
  void values_of_other_types_are_stepped_over() {
    var others =
        HexFormat.of()
            .parseHex(
                "016100"
                    + "016101"
                    + "01620201"
                    + "0163030102"
                    + "01640401020304"
                    + "01650501020304050607080166060003010203"
                    + "0167080102030405060708"
                    + "016809"
                    + "00".repeat(16)
                    + "017a0700026f6b");
    var frame = Frame.first(EventFrame.of(others, "p".getBytes(UTF_8))).orElseThrow();
    assertThat(frame.headers()).isEqualTo(Map.of("z", "ok"));
    assertThat(frame.payload()).isEqualTo("p".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00000010",
        "0000000f000000000000000000000000",
        "000000100000000100000000000000000000",
        "00000010ffffffff0000000000000000",
        "ffffffff000000000000000000000000",
        "0000001200000002000000000161" + "00000000",
        "000000130000000300000000016110" + "00000000",
        "000000150000000500000000016107ffff" + "00000000",
      })
  void what_is_no_frame_is_none(String hex) {
    assertThat(Frame.first(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void what_can_be_no_frame_is_not_waited_for() {
    assertThat(Frame.isDecided("{\"message\":1}".getBytes(UTF_8))).as("a long one").isFalse();
    assertThat(Frame.isDecided(new byte[] {0, 0, 0, 15})).isTrue();
    assertThat(Frame.isDecided(new byte[] {-1, 0, 0, 0})).isTrue();
  }
}
