package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.store.Database;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.wire.Cable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that counted, and whose answer was lost on the way.
class UnheardTest {
  @TempDir Path dir;

  private final Entries made = new Entries(new SplittableRandom(7), 20);

  private List<Entry> some(int many) {
    return IntStream.range(0, many).mapToObj(_ -> made.next(Past.NOW)).toList();
  }

  @Test
  @DisplayName("P17 F58 the answer to a commit is lost: what it counted is counted once")
  void a_commit_whose_answer_is_lost() throws Exception {
    try (var cable = Cable.to(PostgresServer.port(), true)) {
      var url = PostgresServer.url(cable.port(), PostgresServer.databaseFor(dir));
      var database = Database.open(dir, url + "?pgbouncer=true", InstantSource.system());
      var history = new History(database, () -> Past.NOW);
      var told = new CopyOnWriteArrayList<Entry>();
      try (database;
          var journal = Journal.open(dir.resolve("ledger"), history.mark())) {
        HistoryWriter.on(database, journal).tell(told::addAll);
        cable.cutAfter("COMMIT");
        some(200).forEach(journal::write);
        while (cable.isWhole()) {
          Thread.onSpinWait();
        }
        assertThat(counted()).as("the server heard it").isPositive();
        assertThat(told).isEmpty();
        some(50).forEach(journal::write);
        cable.mend();
        while (told.size() < 250) {
          Thread.onSpinWait();
        }
        assertThat(counted()).isEqualTo(250);
        assertThat(told).hasSize(250);
        assertThat(history.budget(told.getFirst().gatewayKey(), Past.NOW.minusSeconds(3600)))
            .extracting(Totals::requests)
            .isEqualTo(
                told.stream()
                    .filter(one -> one.gatewayKey().equals(told.getFirst().gatewayKey()))
                    .count());
      }
    }
  }

  private static long ask(Path dir, String sql) throws Exception {
    try (var connection = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private long counted() throws Exception {
    return ask(dir, "SELECT COALESCE(SUM(requests), 0) FROM usage WHERE span = 60");
  }
}
