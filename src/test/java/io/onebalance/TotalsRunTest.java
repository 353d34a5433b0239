package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small run of what `./dev bench totals` does with a million requests.
class TotalsRunTest {
  @TempDir Path dir;

  @Test
  @DisplayName("P16 killed twice, totals are what the provider told, to the token and the dollar")
  void totals_are_exact() throws Exception {
    try (var run = new TotalsRun(dir)) {
      assertThat(run.run(1_500, 2)).isEmpty();
      assertThat(run.truth()).hasSize(15);
    }
  }
}
