package io.onebalance.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathPatternTest {
  private final PathPattern pattern = PathPattern.of("/keys/{provider}/{id}");

  @Test
  void places_are_one_decoded_segment_each() {
    assertThat(pattern.match("/keys/openai/a%2Fb%20c"))
        .contains(Map.of("provider", "openai", "id", "a/b c"));
  }

  @Test
  void other_paths_do_not_fit() {
    for (var path :
        new String[] {
          "/keys/openai", "/keys/openai/", "/keys//x", "/other/a/b", "", "/keys/a/b/c"
        }) {
      assertThat(pattern.match(path)).as(path).isEmpty();
    }
  }

  @Test
  void a_plus_in_a_path_is_a_plus() {
    assertThat(pattern.match("/keys/a+b/c")).contains(Map.of("provider", "a+b", "id", "c"));
  }

  @Test
  void broken_escapes_are_refused() {
    for (var broken : new String[] {"%", "%4", "%zz", "%ff", "%c0%af"}) {
      assertThatThrownBy(() -> pattern.match("/keys/x/" + broken))
          .as(broken)
          .isInstanceOf(Refusal.class);
    }
  }
}
