package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Store;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.history.sums.UsageReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class OnceTest {
  private static final int KILLS = 12;

  private final Store store;

  OnceTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;

  /// Entry number n has n tokens, so a sum tells whether each number was counted, and once.
  @Test
  @DisplayName("P16 killed again and again, each entry is counted exactly once")
  void each_entry_is_counted_exactly_once() {
    var chance = new Random(5);
    var counted = 0L;
    for (var kill = 0; kill < KILLS; kill++) {
      var acknowledged = counted;
      try (var child = CountingChild.from(store, dir, counted + 1)) {
        acknowledged = child.readUntil(counted + 200 + chance.nextInt(6_000));
        child.kill();
        acknowledged = Math.max(acknowledged, child.readToTheEnd());
      }
      var totals = totals();
      counted = totals.requests();
      assertThat(counted).isBetween(acknowledged, acknowledged + CountingChild.STEP);
      assertThat(totals.tokens().input()).isEqualTo(counted * (counted + 1) / 2);
    }
  }

  private Totals totals() {
    try (var past = Past.in(store, dir)) {
      past.database.behind().flush();
      var now = Instant.now();
      var question =
          new Question(
              now.minus(Duration.ofDays(1)), now.plusSeconds(60), Filter.ANY, List.of(), 1);
      return past.database.read(new UsageReader(question, now)::totals);
    }
  }
}
