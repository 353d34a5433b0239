package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The write-ahead log of a file, which somebody has to empty.
class SettlingTest {
  /// Of 4 KiB each, and more than may wait.
  private static final int PAGES = 1_500;

  @TempDir Path dir;

  @Test
  void who_commits_does_not_bring_pages_to_their_place_but_settling_does() {
    try (var rig = Rig.in(dir)) {
      write(rig, PAGES);
      assertThat(unsettled(rig)).isGreaterThanOrEqualTo(PAGES);
      rig.database.settle();
      assertThat(unsettled(rig)).isZero();
    }
  }

  @Test
  void little_is_left_where_it_is() {
    try (var rig = Rig.in(dir)) {
      write(rig, 10);
      rig.database.settle();
      assertThat(unsettled(rig)).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void what_somebody_writes_meanwhile_is_not_waited_for() {
    try (var rig = Rig.in(dir)) {
      write(rig, PAGES);
      rig.database.write(handle -> {
        fill(handle, 1);
        rig.database.settle();
        return true;
      });
      assertThat(unsettled(rig)).isBetween(1L, 100L);
    }
  }

  private static void write(Rig rig, int pages) {
    rig.database.write(handle -> {
      handle.execute("CREATE TABLE filling (bytes BLOB)");
      fill(handle, pages);
      return true;
    });
  }

  private static void fill(Handle handle, int pages) {
    handle.execute("INSERT INTO filling (bytes) VALUES (zeroblob(?))", pages * 4096);
  }

  private static long unsettled(Rig rig) {
    return rig.database.read(handle ->
        handle
            .createQuery("PRAGMA wal_checkpoint(NOOP)")
            .map((row, _) -> row.getLong("log") - row.getLong("checkpointed"))
            .one());
  }
}
