package io.onebalance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {
  private static final String MOUNT = "/api/openai";

  @Test
  @DisplayName("P8, S11 nobody can make one of a path that some server reads as another")
  void none_is_made_of_a_path_that_may_not_go_on() {
    for (var path : Escapes.all().stream().filter(path -> !path.isEmpty()).toList()) {
      assertThat(SafePath.read(path, "")).as(path).isEmpty();
      assertThatThrownBy(() -> SafePath.of(path, ""))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(RawPath.objection(path, "").orElseThrow());
    }
    assertThatThrownBy(() -> SafePath.of("/v1", "a b")).hasMessageContaining("the query contains");
    assertThatThrownBy(() -> SafePath.of("", "a b")).hasMessageContaining("the query contains");
    assertThatThrownBy(() -> SafePath.of("/v1", "").asking("a#b"))
        .hasMessageContaining("the query contains");
  }

  @Test
  @DisplayName("P8, S11 what follows a mount is as safe as if it had come alone")
  void what_is_left_of_a_path_is_one_that_may_go_on() {
    for (var path : Escapes.all()) {
      if (path.startsWith("/") && RawPath.objection(MOUNT + path, "").isEmpty()) {
        assertThat(SafePath.of(MOUNT + path, "").after(MOUNT.length())).as(path).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"//x", "/;a/x", "/%2fx", "/%2F", "/%3bx", "/%252fx", "/%25253B/x"})
  void an_empty_segment_may_stand_within_a_path_but_not_before_it(String path) {
    assertThat(RawPath.objection(path, "")).isPresent();
    assertThat(SafePath.of(MOUNT + path, "").after(MOUNT.length())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/v1/x", "/%41/x", "/v1//x", "/%E4%BD%A0", "/@evil.example/"})
  void what_is_left_stays_byte_for_byte(String path) {
    var rest = SafePath.of(MOUNT + path, "a=%").after(MOUNT.length()).orElseThrow();
    assertThat(rest).isEqualTo(SafePath.of(path, "a=%"));
    assertThat(rest.path()).isEqualTo(path);
    assertThat(rest.query()).isEqualTo("a=%");
    assertThat(rest.asking("b").query()).isEqualTo("b");
    assertThat(rest.asking("a=%")).isSameAs(rest);
    assertThat(rest).hasToString(path).isNotEqualTo(rest.asking("b"));
  }
}
