package io.onebalance.metrics;

import io.onebalance.ledger.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All metrics there are, with something in each.
final class Everything {
  static final String PROMETHEUS = "";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private Everything() {}

  static String text(String accept) {
    var meters = new Meters(_ -> false);
    meters.heard(
        List.of(
            Entries.served("openai", "gpt-4o-mini"),
            Entries.unpriced("groq", "llama-4"),
            Entries.of("openai", "gpt-4o-mini", new Entry.Ending(503, Entry.How.WHOLE)),
            Entries.refused(401)));
    var all = new ArrayList<>(meters.snapshots());
    all.addAll(Gauges.of(moment()));
    all.addAll(Machine.snapshots());
    return new String(Exposition.of(all, accept).text(), StandardCharsets.UTF_8);
  }

  private static Moment moment() {
    return new Moment(
        List.of(new Moment.Keys("openai", 5, 2, 1, 3, 4), new Moment.Keys("groq", 1, 0, 0, 0, 0)),
        List.of(new Moment.Left("openai", "tokens", 90_000)),
        new Moment.Flow(7, 2, 3, 1, Duration.ofNanos(150_000)),
        new Moment.Ledger(4096, 12),
        3);
  }
}
