package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long it takes tells `./dev bench news`.
class NewsTest {
  private static final int TIMES = 20;

  @TempDir Path dir;

  @ParameterizedTest(name = "hears messages: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("P18 F79 edits, blocks, cooldowns and limits of one instance are known to all three")
  void all_kinds_of_news(boolean hears) throws Exception {
    assertThat(NewsFigures.run(dir, hears, TIMES))
        .hasSize(NewsFigures.Kind.values().length)
        .allSatisfy(told -> assertThat(told.nanos()).hasSize(TIMES));
  }
}
