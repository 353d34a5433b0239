package io.onebalance.store.history;

import io.onebalance.store.Database;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.log.Logged;
import io.onebalance.store.history.log.LoggedRow;
import io.onebalance.store.history.log.RequestSearch;
import io.onebalance.store.history.log.RowIds;
import io.onebalance.store.history.log.Search;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.Span;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.history.sums.Usage;
import io.onebalance.store.history.sums.UsageReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What happened, for those who ask: sums over any time, and the request log. Reads what is on the
/// disk, about a second behind, and never waits for a writer. Thread-safe.
public final class History {
  private static final int LONGEST_NAME = 200;

  private final Database database;
  private final InstantSource clock;

  public History(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// How far the journal is counted here: it may forget what lies before.
  public long mark() {
    return Mark.read(database).position();
  }

  /// Throws [IllegalArgumentException] with a sentence for the asker where no sums tell that.
  public Usage usage(Question question) {
    var reader = new UsageReader(question, clock.instant());
    return database.read(reader::read);
  }

  /// What a gateway key came to since then, as far as it is on the disk: from the minute on that
  /// `since` lies in, from the hour on where that was more than three days ago.
  public Totals budget(String gatewayKey, Instant since) {
    var now = clock.instant();
    var filter = new Filter(gatewayKey, "", "", "", List.of());
    var until = since.isAfter(now) ? since : now.plusSeconds(Span.DAY.seconds());
    var question = new Question(since, until, filter, List.of(), 0);
    return database.read(new UsageReader(question, now)::totals);
  }

  /// How long the latest requests since then took, at most so many.
  public Pace pace(Instant since, int most) {
    return database.read(handle -> Pace.read(handle, RowIds.first(since), most));
  }

  /// A page of the log, newest first. `before` is the `next` of the page before, 0 at the
  /// beginning.
  public Logged.Page requests(Search search, long before, int limit) {
    return database.read(new RequestSearch(search, before, limit)::page);
  }

  /// The request of that id.
  public Optional<Logged> request(String requestId) {
    return requestId.isEmpty() || requestId.length() > LONGEST_NAME
        ? Optional.empty()
        : database.read(handle -> LoggedRow.named(handle, requestId));
  }
}
