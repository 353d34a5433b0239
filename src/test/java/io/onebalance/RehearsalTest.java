package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Database;
import io.onebalance.store.file.Schema;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the JVM notes for later starts.
class RehearsalTest {
  @TempDir Path dir;

  @Test
  void it_ends_well_and_has_nothing_to_say() {
    try (var child = Child.running(dir, Map.of(), "rehearse")) {
      assertThat(child.exit()).isZero();
      assertThat(child.printed()).isEmpty();
    }
  }

  @Test
  void its_server_is_spoken_to_as_postgresql_is() throws Exception {
    try (var server = new RehearsedServer(Schema.CURRENT.newest());
        var database = Database.open(dir, server.url(), InstantSource.system())) {
      for (var time = 0; time < 20; time++) { // the driver asks in another way after a few
        var told =
            database.read(handle ->
                handle
                    .createQuery("SELECT a FROM b WHERE c = ?")
                    .bind(0, 1L)
                    .mapTo(Integer.class)
                    .one());
        assertThat(told).isEqualTo(Schema.CURRENT.newest());
        assertThat(database.<Integer>write(handle -> handle.execute("UPDATE a SET b = ?", 1)))
            .isEqualTo(1);
      }
    }
  }
}
