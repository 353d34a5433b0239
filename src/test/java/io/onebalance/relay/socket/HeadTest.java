package io.onebalance.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {
  private static Head head(String hex) {
    return new Head(Buffer.buffer(HexFormat.of().parseHex("ff" + hex)), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "8100, 2, 0",
    "817d, 2, 125",
    "81fd01020304, 6, 125",
    "817e0080, 4, 128",
    "81fe008001020304, 8, 128",
    "817effff, 4, 65535",
    "817f0000000000010000, 10, 65536",
    "81ff7fffffffffffffff01020304, 14, 9223372036854775807",
    "817f8000000000000000, 10, -9223372036854775808"
  })
  void lengths_of_heads_and_payloads(String hex, int length, long payload) {
    assertThat(head(hex).isComplete()).isTrue();
    assertThat(head(hex.substring(0, hex.length() - 2)).isComplete()).isFalse();
    assertThat(head(hex).length()).isEqualTo(length);
    assertThat(head(hex).payload()).isEqualTo(payload);
  }

  @Test
  void a_close_frame_is_complete_when_all_of_it_is_there() {
    assertThat(head("880203").isComplete()).isFalse();
    assertThat(head("880203e8").isComplete()).isTrue();
    assertThat(head("888201020304").isComplete()).isFalse();
    assertThat(head("887e0100").isComplete()).as("too long to be one").isTrue();
  }

  @Test
  void a_payload_is_unmasked() {
    var masked = head("88820102030402ea");
    assertThat(masked.code()).isEqualTo(1000);
    assertThat(masked.hasLegalCode()).isTrue();
  }
}
