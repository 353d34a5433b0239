package io.onebalance.store.history.sums;

import static io.onebalance.store.history.sums.Sum.ATTEMPTS;
import static io.onebalance.store.history.sums.Sum.CACHED_TOKENS;
import static io.onebalance.store.history.sums.Sum.CACHE_WRITTEN_TOKENS;
import static io.onebalance.store.history.sums.Sum.COST_NANOS;
import static io.onebalance.store.history.sums.Sum.ERRORS;
import static io.onebalance.store.history.sums.Sum.ESTIMATED;
import static io.onebalance.store.history.sums.Sum.FIRST_BYTES;
import static io.onebalance.store.history.sums.Sum.FIRST_BYTE_MS;
import static io.onebalance.store.history.sums.Sum.INPUT_TOKENS;
import static io.onebalance.store.history.sums.Sum.OUTPUT_TOKENS;
import static io.onebalance.store.history.sums.Sum.REASONING_TOKENS;
import static io.onebalance.store.history.sums.Sum.REQUESTS;
import static io.onebalance.store.history.sums.Sum.TOTAL_MS;
import static io.onebalance.store.history.sums.Sum.UNPRICED;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.journal.Folded;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Sums that grow, one for each [Sum]. For one thread.
public final class Sums {
  private final long[] values = new long[Sum.ALL.size()];

  public void add(Entry entry) {
    add(REQUESTS, 1);
    add(ERRORS, entry.ending().isError() ? 1 : 0);
    add(ATTEMPTS, entry.attempted());
    addTokens(entry.tokens());
    if (entry.cost().isPresent()) {
      add(COST_NANOS, entry.cost().get().nanos());
    } else if (entry.tokens().total() > 0) {
      add(UNPRICED, 1);
    }
    var times = entry.times();
    add(TOTAL_MS, times.total().toMillis());
    if (!times.firstByte().isZero()) {
      add(FIRST_BYTES, 1);
      add(FIRST_BYTE_MS, times.firstByte().toMillis());
    }
  }

  /// What the journal had no room for.
  public void add(Folded.Sums folded) {
    add(REQUESTS, folded.requests());
    add(ERRORS, folded.errors());
    add(ATTEMPTS, folded.attempts());
    add(INPUT_TOKENS, folded.input());
    add(OUTPUT_TOKENS, folded.output());
    add(CACHED_TOKENS, folded.cached());
    add(CACHE_WRITTEN_TOKENS, folded.cacheWritten());
    add(REASONING_TOKENS, folded.reasoning());
    add(COST_NANOS, folded.costNanos());
    add(UNPRICED, folded.unpriced());
  }

  private void addTokens(Tokens tokens) {
    add(INPUT_TOKENS, tokens.input());
    add(OUTPUT_TOKENS, tokens.output());
    add(CACHED_TOKENS, tokens.cached());
    add(CACHE_WRITTEN_TOKENS, tokens.cacheWritten());
    add(REASONING_TOKENS, tokens.reasoning());
    add(ESTIMATED, tokens.source() == Tokens.Source.ESTIMATED ? 1 : 0);
  }

  private void add(Sum sum, long more) {
    values[sum.place()] += more;
  }

  void add(Sums more) {
    for (var i = 0; i < values.length; i++) {
      values[i] += more.values[i];
    }
  }

  /// Binds them in their order, behind so many other values.
  void bind(PreparedStatement statement, int behind) throws SQLException {
    for (var i = 0; i < values.length; i++) {
      statement.setLong(behind + 1 + i, values[i]);
    }
  }

  /// Reads columns of these names.
  static Totals read(ResultSet row) throws SQLException {
    var sums = new Sums();
    for (var sum : Sum.ALL) {
      sums.add(sum, row.getLong(sum.column()));
    }
    return sums.totals();
  }

  static Totals of(List<Usage.Item> items) {
    var sums = new Sums();
    items.forEach(item -> sums.add(item.totals()));
    return sums.totals();
  }

  private void add(Totals more) {
    add(REQUESTS, more.requests());
    add(ERRORS, more.errors());
    add(ATTEMPTS, more.attempts());
    add(INPUT_TOKENS, more.tokens().input());
    add(OUTPUT_TOKENS, more.tokens().output());
    add(CACHED_TOKENS, more.tokens().cached());
    add(CACHE_WRITTEN_TOKENS, more.tokens().cacheWritten());
    add(REASONING_TOKENS, more.tokens().reasoning());
    add(COST_NANOS, more.costNanos());
    add(UNPRICED, more.doubts().unpriced());
    add(ESTIMATED, more.doubts().estimated());
    add(TOTAL_MS, more.times().total());
    add(FIRST_BYTES, more.times().firstBytes());
    add(FIRST_BYTE_MS, more.times().firstByte());
  }

  public Totals totals() {
    return new Totals(
        of(REQUESTS),
        of(ERRORS),
        of(ATTEMPTS),
        new Totals.Tokens(
            of(INPUT_TOKENS),
            of(OUTPUT_TOKENS),
            of(CACHED_TOKENS),
            of(CACHE_WRITTEN_TOKENS),
            of(REASONING_TOKENS)),
        of(COST_NANOS),
        new Totals.Doubts(of(UNPRICED), of(ESTIMATED)),
        new Totals.Times(of(TOTAL_MS), of(FIRST_BYTES), of(FIRST_BYTE_MS)));
  }

  private long of(Sum sum) {
    return values[sum.place()];
  }
}
