package io.onebalance.relay.ask.again;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final SplittableRandom chance = new SplittableRandom(1);

  @Test
  @DisplayName("F1 the first repeat comes within 50 ms")
  void begins_within_50_ms() {
    assertThat(longest(1)).isBetween(Duration.ofMillis(40), Duration.ofMillis(50));
  }

  @Test
  void doubles_and_stops_at_two_seconds() {
    assertThat(longest(2)).isBetween(Duration.ofMillis(80), Duration.ofMillis(100));
    assertThat(longest(4)).isBetween(Duration.ofMillis(320), Duration.ofMillis(400));
    assertThat(longest(10)).isBetween(Duration.ofMillis(1600), Duration.ofSeconds(2));
    assertThat(longest(1_000_000)).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("F26 full jitter: also nearly no rest at all")
  void spreads_over_the_whole_time() {
    var shortest =
        IntStream.range(0, 1000)
            .mapToObj(_ -> Backoff.before(10, LONG, chance))
            .min(Duration::compareTo);
    assertThat(shortest).hasValueSatisfying(rest -> assertThat(rest.toMillis()).isLessThan(20));
  }

  @Test
  @DisplayName("P1 no rest is longer than what is left of the request's time")
  void ends_with_the_request() {
    var left = Duration.ofMillis(30);
    assertThat(IntStream.range(0, 1000).mapToObj(_ -> Backoff.before(10, left, chance)))
        .contains(left)
        .allSatisfy(rest -> assertThat(rest).isBetween(Duration.ZERO, left));
    assertThat(Backoff.before(10, Duration.ofMillis(-1), chance)).isZero();
  }

  private Duration longest(int failures) {
    return IntStream.range(0, 1000)
        .mapToObj(_ -> Backoff.before(failures, LONG, chance))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
