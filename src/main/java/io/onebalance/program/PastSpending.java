package io.onebalance.program;

import io.onebalance.access.limit.Earlier;
import io.onebalance.access.limit.Spent;
import io.onebalance.store.history.History;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.sums.By;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.Totals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What gateway keys spent before this start, as the history has it.
record PastSpending(History history) implements Earlier {
  @Override
  public Map<String, Spent> between(Instant from, Instant until) {
    var question =
        new Question(from, until, Filter.ANY, List.of(By.GATEWAY_KEY), Integer.MAX_VALUE);
    var spent = new HashMap<String, Spent>();
    for (var item : history.usage(question).items()) {
      spent.put(item.values().getFirst(), spent(item.totals()));
    }
    return spent;
  }

  private static Spent spent(Totals totals) {
    return new Spent(totals.costNanos(), totals.tokens().total(), totals.doubts().unpriced());
  }
}
