package io.onebalance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemainderTest {
  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("P9, S18 only what tells that it is short counts as short")
  @CsvSource({
    "host, x, true",
    "content-length, 0, true",
    "content-length, 65536, true",
    "content-length, 65537, false",
    "content-length, 99999, false",
    "content-length, 100000, false",
    "content-length, 00000000010, false",
    "content-length, '', false",
    "content-length, -1, false",
    "content-length, +1, false",
    "content-length, '1,1', false",
    "content-length, ten, false",
    "content-length, ٣, false",
    "transfer-encoding, chunked, false",
    "expect, 100-continue, false"
  })
  void short_remainders(String name, String value, boolean isShort) {
    assertThat(Remainder.isShort(Map.of(name, value)::get)).isEqualTo(isShort);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("P9 a length beside something else that is unclear helps nothing")
  @CsvSource({"transfer-encoding, chunked", "expect, 100-continue"})
  void lengths_beside_others(String name, String value) {
    assertThat(Remainder.isShort(Map.of(name, value, "content-length", "1")::get)).isFalse();
  }
}
