package io.onebalance.trace;

import io.onebalance.ledger.Entry;
import java.util.List;

/// Tells a collector of each request. Hears of entries after they were written, off the hot path.
/// It names no class of OpenTelemetry, so that none is loaded before there is one of these.
///
/// One thread at a time tells of entries; parents may come from any.
public final class Traces implements AutoCloseable {
  private final Parents parents = new Parents();
  private final Spans spans;

  public Traces(Target target) {
    spans = new Spans(target, parents);
  }

  /// Who is to be told which spans of clients the requests belong to.
  public Parents parents() {
    return parents;
  }

  /// Takes note of what happened.
  public void heard(List<Entry> entries) {
    spans.heard(entries);
  }

  /// Sends what waits, unless that takes too long.
  @Override
  public void close() {
    spans.close();
  }
}
