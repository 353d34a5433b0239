package io.onebalance.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrendsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Trends trends = new Trends();

  @Test
  void what_was_lost_of_late_goes_on() {
    ready(0, 100);
    ready(5, 90);
    ready(10, 80);

    assertThat(trends.runsOut("groq")).contains(Duration.ofMinutes(40));
  }

  @Test
  void only_the_last_quarter_of_an_hour_counts() {
    ready(0, 1_000);
    ready(16, 100);
    ready(26, 100);

    assertThat(trends.runsOut("groq")).isEmpty();
  }

  @Test
  void nothing_is_foretold_without_a_past_a_loss_or_a_near_end() {
    assertThat(trends.runsOut("groq")).isEmpty();
    ready(0, 100_000);
    ready(1, 10);
    assertThat(trends.runsOut("groq")).as("a minute is too short").isEmpty();

    ready(16, 10);
    ready(20, 20);
    assertThat(trends.runsOut("groq")).as("more keys than before").isEmpty();

    ready(40, 100_000);
    ready(50, 99_999);
    assertThat(trends.runsOut("groq")).as("far away").isEmpty();

    ready(51, 0);
    assertThat(trends.runsOut("groq")).as("it has run out").isEmpty();
  }

  private void ready(int minute, int keys) {
    trends.sample("groq", keys, NOON.plus(Duration.ofMinutes(minute)));
  }
}
