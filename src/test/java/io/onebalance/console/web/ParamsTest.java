package io.onebalance.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParamsTest {
  @Test
  void names_and_values_are_decoded() {
    var params = Params.parse("a=1+2&b=%26%3D&a=two&&empty&%C3%A9=%F0%9F%94%91");

    assertThat(params.every("a")).containsExactly("1 2", "two");
    assertThat(params.text("b")).isEqualTo("&=");
    assertThat(params.first("empty")).contains("");
    assertThat(params.text("é")).isEqualTo("🔑");
    assertThat(params.first("absent")).isEmpty();
    assertThat(params.text("absent")).isEmpty();
  }

  @Test
  @DisplayName("S25 unknown names are refused and the allowed ones told")
  void unknown_names_are_refused() {
    assertThatThrownBy(() -> Params.parse("statsu=blocked").only(Set.of("status", "q")))
        .hasMessage("unknown parameter 'statsu'; allowed: q, status");
  }

  @Test
  void a_flood_of_parameters_is_refused() {
    assertThatThrownBy(() -> Params.parse("a&".repeat(20_001))).isInstanceOf(Refusal.class);
  }
}
