package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.store.Database;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.wire.Cable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  /// What a transaction says that counts. The writer's looks at the database end with the second
  /// word alone.
  private static final String[] COUNTED = {"INSERT INTO usage", "COMMIT"};

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
        cable.cutAfter(COUNTED);
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

  /// A folder of this name stands in the way of the journal's second file.
  private static final String SECOND = "%016x.journal".formatted(4 << 20);

  @Test
  @DisplayName(
      "P17 F58 what found no room in the journal is counted once, whichever answer is lost")
  void sums_without_entries() throws Exception {
    try (var cable = Cable.to(PostgresServer.port(), true)) {
      var url = PostgresServer.url(cable.port(), PostgresServer.databaseFor(dir));
      var database = Database.open(dir, url + "?pgbouncer=true", InstantSource.system());
      try (database;
          var journal = Journal.open(dir.resolve("ledger"), 0)) {
        HistoryWriter.on(database, journal);
        Files.createDirectory(dir.resolve("ledger").resolve(SECOND));
        var heard = loseAnswer(cable, journal, 200);
        heard += fill(journal);
        cable.mend();
        awaitCounted(heard);
        heard += loseAnswer(cable, journal, 30);
        cable.mend();
        awaitCounted(heard);
        journal.write(made.next(Past.NOW));
        awaitCounted(heard + 1);
      }
    }
  }

  private int loseAnswer(Cable cable, Journal journal, int many) throws Exception {
    var before = counted();
    cable.cutAfter(COUNTED);
    some(many).forEach(journal::write);
    while (cable.isWhole()) {
      Thread.onSpinWait();
    }
    assertThat(counted()).as("the server heard it").isGreaterThan(before);
    return many;
  }

  /// Writes until there is no room, and then some more.
  private int fill(Journal journal) {
    var written = 0;
    for (var before = -1L; journal.behind(0) > before; written += 100) {
      before = journal.behind(0);
      some(100).forEach(journal::write);
    }
    return written;
  }

  private void awaitCounted(long many) throws Exception {
    var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (counted() != many) {
      assertThat(System.nanoTime()).as("%d of %d", counted(), many).isLessThan(until);
      Thread.onSpinWait();
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
