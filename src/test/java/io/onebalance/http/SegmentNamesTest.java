package io.onebalance.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNamesTest {
  private final SegmentNames names = SegmentNames.of("files", "videos", "@cf", "x".repeat(70));

  @ParameterizedTest
  @ValueSource(strings = {"files", "videos", "@cf"})
  void a_name_is_found_where_it_stands(String name) {
    assertThat(names.contains(name)).isTrue();
    assertThat(names.contains("/v1/" + name + "/abc", 4, 4 + name.length())).isTrue();
    assertThat(names.contains("/v1/" + name + "/abc", 4, 5 + name.length())).isFalse();
    assertThat(names.contains("/v1/" + name + "/abc", 4, 3 + name.length())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Files", "filez", "fixes", "file", "filess", "éfiles", "日", "fi/es"})
  void nothing_else_is(String segment) {
    assertThat(names.contains(segment)).isFalse();
  }

  @Test
  void lengths_beyond_the_bits_are_told_apart_by_the_name_itself() {
    assertThat(names.contains("x".repeat(70))).isTrue();
    assertThat(names.contains("x".repeat(69))).isFalse();
    assertThat(names.contains("x".repeat(63))).isFalse();
  }
}
