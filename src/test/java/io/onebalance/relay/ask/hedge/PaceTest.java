package io.onebalance.relay.ask.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.exchange.rules.HedgeRules;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final HedgeRules RULES = new HedgeRules(List.of("*"), 0.02, Duration.ZERO);

  private final Pace pace = new Pace();

  @Test
  void of_many_requests_the_share_and_no_more_is_asked_twice() {
    var twice = 0;
    for (var request = 0; request < 10_000; request++) {
      pace.requested(RULES);
      twice += pace.take() ? 1 : 0;
    }
    assertThat(twice).isBetween(199, 202);
  }

  @Test
  void quiet_times_do_not_add_up_to_a_storm() {
    for (var request = 0; request < 10_000; request++) {
      pace.requested(RULES);
    }
    var twice = 0;
    while (pace.take()) {
      twice++;
    }
    assertThat(twice).isEqualTo(3);
  }

  @Test
  void nobody_knows_what_is_slow_before_twenty_have_begun() {
    for (var begun = 0; begun < Pace.FIRST; begun++) {
      assertThat(pace.patience(RULES)).isEmpty();
      pace.began(Duration.ofMillis(300));
    }
    assertThat(pace.patience(RULES)).contains(Duration.ofMillis(299));
    var told = new HedgeRules(List.of("*"), 0.02, Duration.ofSeconds(2));
    assertThat(pace.patience(told)).contains(Duration.ofSeconds(2));
  }

  @Test
  void about_one_of_twenty_takes_longer_than_the_patience_also_after_a_change() {
    var chance = new SplittableRandom(5);
    for (var usual : List.of(200, 2000, 50)) {
      var longer = 0;
      for (var begun = 0; begun < 20_000; begun++) {
        var took = Duration.ofMillis(usual + chance.nextInt(usual));
        var patience = pace.patience(RULES);
        var counted = begun >= 10_000 && patience.isPresent();
        longer += counted && took.compareTo(patience.get()) > 0 ? 1 : 0;
        pace.began(took);
      }
      assertThat(longer).isBetween(300, 1000);
    }
  }
}
