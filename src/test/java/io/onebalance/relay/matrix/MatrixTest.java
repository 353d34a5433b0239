package io.onebalance.relay.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final long SEED = 20261122;
  private static final int SEEDS = 300;
  private static final Bench BENCH = new Bench();

  @AfterAll
  static void close() {
    BENCH.close();
  }

  @Test
  @DisplayName(
      "P24 300 seeds of the fault matrix in virtual time break no rule, and meet all there is")
  void no_seed_breaks_a_rule() {
    var met = EnumSet.noneOf(Means.class);
    var endings = new TreeSet<String>();
    for (var seed = SEED; seed < SEED + SEEDS; seed++) {
      var report = BENCH.play(seed);
      assertThat(report.broken()).as("seed %d", seed).isEmpty();
      met.addAll(report.met().keySet());
      endings.addAll(report.endings().keySet());
    }
    assertThat(met).containsExactlyInAnyOrder(Means.values());
    assertThat(endings)
        .containsExactlyInAnyOrder(
            "abandoned",
            "all_keys_cooling",
            "all_keys_failed",
            "failed",
            "no_keys_available",
            "opened",
            "overloaded",
            "theirs",
            "timeout");
  }

  @Test
  @DisplayName("P24 a seed is played the same again")
  void a_seed_is_played_the_same_again() {
    assertThat(LongStream.range(SEED, SEED + 20).mapToObj(BENCH::play))
        .containsExactlyElementsOf(
            LongStream.range(SEED, SEED + 20).mapToObj(BENCH::play).toList());
  }
}
