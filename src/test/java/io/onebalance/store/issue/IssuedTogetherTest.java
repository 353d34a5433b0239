package io.onebalance.store.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.issue.IssuedKey.Terms;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances edit the same gateway key at once: both wait for their turn to write, and get it
/// in the order in which they came.
@DisplayName("P19 edits of one gateway key by two instances at once")
class IssuedTogetherTest {
  private static final Terms TERMS = new Terms(List.of(), KeyLimits.NONE, true, Optional.empty());

  private static final String WAITING =
      "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())";

  @TempDir Path dir;
  private Rig one;
  private Rig two;
  private IssuedKeys here;
  private IssuedKeys there;
  private String id;

  @BeforeEach
  void open() throws Exception {
    one = Rig.in(Store.POSTGRESQL, dir);
    two = one.another(dir.resolve("two"));
    here = keys(one);
    id = here.add("phone", TERMS, "me").key().id();
    there = keys(two);
  }

  private static IssuedKeys keys(Rig rig) {
    var file = rig.dir.resolve("master.key");
    var master = MasterKey.obtain(Optional.empty(), file, rig.database);
    return IssuedKeys.open(rig.database, Vault.open(rig.database, master), rig.clock);
  }

  @AfterEach
  void close() {
    two.close();
    one.close();
  }

  @Test
  void what_one_disabled_stays_so_when_the_other_gives_it_a_name() throws Exception {
    inThisOrder(
        () -> here.change(id, Optional.empty(), terms -> terms.enabled(false), "me"),
        () -> there.change(id, Optional.of("tablet"), terms -> terms, "me"));
    assertThat(there.list())
        .singleElement()
        .satisfies(key -> {
          assertThat(key.name()).isEqualTo("tablet");
          assertThat(key.terms().enabled()).isFalse();
        });
  }

  @Test
  void what_one_revoked_stays_so_whatever_the_other_makes_of_it() throws Exception {
    var done =
        inThisOrder(
            () -> (Object) here.revoke(id, "me"), () -> there.rotate(id, Duration.ZERO, "me"));
    assertThat(done.getFirst().get()).isEqualTo(true);
    assertThat(done.getLast().get()).isEqualTo(Optional.empty());
    assertThat(here.list()).isEmpty();
  }

  @Test
  void of_two_texts_that_were_shown_the_first_opens_for_the_time_of_grace() throws Exception {
    var hour = Duration.ofHours(1);
    var done = inThisOrder(() -> here.rotate(id, hour, "me"), () -> there.rotate(id, hour, "me"));
    assertThat(done.getFirst().get()).isNotEqualTo(Optional.empty());
    assertThat(done.getLast().get()).isNotEqualTo(Optional.empty());
    assertThat(one.ask("SELECT COUNT(DISTINCT key_hash) FROM gateway_key_ends")).isEqualTo("2");
  }

  /// Lets both wait for the turn, the second behind the first, and then go.
  private <T> List<Future<T>> inThisOrder(Callable<T> first, Callable<T> second) throws Exception {
    try (var threads = Executors.newFixedThreadPool(2);
        var outsider = one.outsider();
        var statement = outsider.createStatement()) {
      statement.execute(Store.POSTGRESQL.takingTheTurn());
      var before = threads.submit(first);
      awaitWaiting(outsider, 1);
      var after = threads.submit(second);
      awaitWaiting(outsider, 2);
      statement.execute("ROLLBACK");
      return List.of(before, after);
    }
  }

  private static void awaitWaiting(Connection outsider, int many) throws SQLException {
    var until = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    while (waiting(outsider) < many) {
      assertThat(System.nanoTime()).as("both wait").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private static int waiting(Connection outsider) throws SQLException {
    try (var statement = outsider.createStatement();
        var rows = statement.executeQuery(WAITING)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
