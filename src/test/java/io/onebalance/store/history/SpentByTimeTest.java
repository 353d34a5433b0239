package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.Spent;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpentByTimeTest {
  private static final long QUARTER = 900;
  private static final int QUARTERS = 30 * 96;

  private static Spent since(Map<Long, Spent> cells, long from) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey() >= from)
        .map(Map.Entry::getValue)
        .reduce(Spent.NOTHING, Spent::plus);
  }

  @Test
  void sums_that_are_kept_are_those_of_the_cells_whoever_tells_when() {
    var random = new SplittableRandom(5);
    var cells = new HashMap<Long, Spent>();
    var spent = new SpentByTime();
    for (var i = 0; i < 3_000; i++) {
      var began = QUARTER * random.nextInt(QUARTERS);
      var more = new Spent(random.nextLong(1_000_000), random.nextLong(1_000), 0);
      cells.merge(began, more, Spent::plus);
      spent.add(began, more);
      if (i % 100 < 10) {
        var from = QUARTER * random.nextInt(QUARTERS) + random.nextInt(2);
        assertThat(spent.since(from)).isEqualTo(since(cells, from));
      }
      assertThat(spent.since(0).tokens()).isEqualTo(since(cells, 0).tokens());
    }
  }
}
