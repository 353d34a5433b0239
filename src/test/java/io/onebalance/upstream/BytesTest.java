package io.onebalance.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void of_a_slice_or_a_buffer_with_room_to_grow_they_are_copied() {
    var grown = Buffer.buffer(100).appendString("grown");
    assertThat(Bytes.of(grown)).asString().isEqualTo("grown");
    assertThat(Bytes.of(grown.slice(1, 3))).asString().isEqualTo("ro");
  }

  @Test
  void of_a_whole_buffer_they_are_its_own() {
    var whole = Buffer.buffer("whole");
    assertThat(Bytes.of(whole)).asString().isEqualTo("whole");
    assertThat(Bytes.of(whole)).isSameAs(Bytes.of(whole));
  }

  @Test
  void a_part_is_read_as_a_character_a_byte() {
    var bytes = new byte[] {'a', (byte) 0xff, 'b', 'c'};
    assertThat(Bytes.text(Buffer.buffer(bytes), 1, 3)).isEqualTo("\u00ffb");
    assertThat(Bytes.text(Buffer.buffer(100).appendBytes(bytes).slice(1, 4), 1, 3)).isEqualTo("bc");
    assertThat(Bytes.text(Buffer.buffer(), 0, 0)).isEmpty();
  }
}
