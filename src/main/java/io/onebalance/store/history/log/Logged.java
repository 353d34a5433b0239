package io.onebalance.store.history.log;

import io.onebalance.ledger.Entry;
import java.util.List;

/// A request of the log, and the number that tells its place there.
public record Logged(long id, Entry entry) {
  /// Requests, newest first; the next page is what comes before `next`, 0 at the end.
  public record Page(List<Logged> requests, long next) {
    public Page {
      requests = List.copyOf(requests);
    }
  }
}
