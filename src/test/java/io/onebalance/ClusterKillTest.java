package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ClusterKillTest {
  private static final int KILLS = 25;

  @TempDir Path dir;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES) // 28 starts of a process: seconds each, or many
  @DisplayName(
      "P16 F77 a random instance is killed 25 times under load and edits: nothing acknowledged is"
          + " lost, whether added, blocked or deleted, and nothing else is blocked")
  void killed_again_and_again() throws Exception {
    var told = ClusterKills.run(dir, KILLS, new Random(16));
    assertThat(told.lost()).isEmpty();
    assertThat(told.wronglyBlocked()).isEmpty();
    assertThat(told.unservedByOthers()).isZero();
    assertThat(told.acknowledged()).isGreaterThan(KILLS);
    assertThat(told.ready()).hasSize(KILLS);
  }
}
