package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small run of what `./dev bench faults` does with a million requests.
class FaultRunTest {
  private static final long SEED = 20261121;

  @Test
  @DisplayName("P11, P12, S12, F27 5,000 requests with seeded faults break nothing that must hold")
  void seeded_faults(@TempDir Path dir) throws Exception {
    try (var run = new FaultRun(dir, 5_000, SEED)) {
      var report = run.run();
      assertThat(report.broken().values()).as(report.toString()).containsOnly(0L);
      assertThat(report.outcomes().get("whole and right")).isGreaterThan(4_000);
      assertThat(run.blocked("-dead")).isPositive();
    }
  }

  @Test
  @DisplayName(
      "P10, F24 when every attempt fails, providers are left alone after a few: no more is tried")
  void everything_fails(@TempDir Path dir) throws Exception {
    var standing = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    try (var run = new FaultRun(dir, 5_000, SEED, standing)) {
      run.failEverything();
      var report = run.run();
      assertThat(report.broken().values()).as(report.toString()).containsOnly(0L);
      assertThat(report.outcomes()).doesNotContainKey("whole and right");
      assertThat(report.amplification()).as(report.toString()).isBetween(0.005, 0.05);
      assertThat(report.outcomes().get("refused with 503")).isGreaterThan(4_500);
    }
  }
}
