package io.onebalance.console.report;

import io.onebalance.store.history.sums.Totals;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sums as they are told: the same names in JSON and in CSV.
final class TotalsView {
  private TotalsView() {}

  static Map<String, Long> of(Totals totals) {
    var told = new LinkedHashMap<String, Long>();
    told.put("requests", totals.requests());
    told.put("errors", totals.errors());
    told.put("attempts", totals.attempts());
    told.put("input_tokens", totals.tokens().input());
    told.put("output_tokens", totals.tokens().output());
    told.put("cached_tokens", totals.tokens().cached());
    told.put("cache_written_tokens", totals.tokens().cacheWritten());
    told.put("reasoning_tokens", totals.tokens().reasoning());
    told.put("cost_micros", totals.cost().micros());
    told.put("unpriced", totals.doubts().unpriced());
    told.put("estimated", totals.doubts().estimated());
    told.put("total_ms", average(totals.times().total(), totals.requests()));
    told.put("first_byte_ms", average(totals.times().firstByte(), totals.times().firstBytes()));
    return told;
  }

  private static long average(long sum, long many) {
    return many == 0 ? 0 : Math.round((double) sum / many);
  }
}
