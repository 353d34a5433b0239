package io.onebalance.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.quota.Need;
import io.onebalance.provider.Verdict.Limited;
import io.onebalance.provider.Verdict.Quota;
import io.onebalance.provider.Verdict.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What other instances asked with the same keys.
class ElsewhereTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String MODEL = "gemini-2.5-flash";
  private static final Limited OF_TWO =
      new Limited(
          Window.MINUTE,
          Optional.of(Duration.ofSeconds(60)),
          Optional.of(
              new Quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", Optional.of(2L))));

  private final Pool pool =
      new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("google");

  @Test
  void a_request_of_another_instance_counts_against_the_quota_of_its_key() {
    pool.put(Keys.key("a"), Standing.NEW, NOON);
    settle(new Outcome.Judged(Stage.SERVED, Duration.ofMillis(50)), NOON);
    settle(new Outcome.Judged(OF_TWO, Duration.ofMillis(50)), NOON);
    var later = NOON.plusSeconds(120);
    settle(new Outcome.Judged(Stage.SERVED, Duration.ofMillis(50)), later);
    pool.usedElsewhere("a", MODEL, Need.NONE, later);
    var measured = pool.quotas("a", MODEL, later.plusSeconds(1)).getFirst();
    assertThat(measured.used()).isEqualTo(2);
    assertThat(measured.roomAt()).isAfter(later.plusSeconds(50));
  }

  @Test
  void of_an_unknown_key_nothing_is_counted() {
    pool.usedElsewhere("nobody", MODEL, Need.NONE, NOON);
    assertThat(pool.choose(MODEL, Set.of(), NOON)).isInstanceOf(Choice.None.class);
  }

  private void settle(Outcome outcome, Instant now) {
    var chosen = (Choice.Chosen) pool.choose(MODEL, Set.of(), now);
    chosen.slot().settle(outcome, now);
  }
}
