package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NeededTest {
  @Test
  void what_is_not_here_skips_a_test_and_fails_it_where_it_is_required() {
    assertThat(Needed.absent("there is no linter", null)).hasMessage("there is no linter");
    assertThatThrownBy(() -> Needed.absent("there is no linter", "required"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("there is no linter, and ONE_BALANCE_TOOLS is required");
  }
}
