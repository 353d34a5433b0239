package io.onebalance.relay.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FarewellTest {
  @Test
  void reasons_fit_into_a_control_frame_and_are_ascii() {
    var frame = new Farewell(1011, "a\nü" + "x".repeat(200)).toClient();
    assertThat(frame.length()).isEqualTo(2 + 125);
    assertThat(frame.getByte(1)).isEqualTo((byte) 125);
    assertThat(frame.getUnsignedShort(2)).isEqualTo(1011);
    assertThat(frame.toString(ISO_8859_1).substring(4)).startsWith("a??xxx");
  }

  @Test
  void towards_a_server_it_is_masked_and_its_own_parser_takes_it() {
    var frame = new Farewell(Farewell.LEAVING, "bye").toServer(new SplittableRandom(7));
    var frames = Frames.ofClient(0);
    assertThat(frames.pass(frame)).isEqualTo(frame);
    assertThat(frames.isClosed()).isTrue();
    assertThat(frames.offence()).isEmpty();
    assertThat(new Head(frame, 0).code()).isEqualTo(1001);
  }
}
