package io.onebalance.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.store.PostgresServer;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.Schema;
import io.onebalance.wire.Cable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start while PostgreSQL is away, with pauses that a test fills.
class BackOffTest {
  @TempDir Path dir;

  private final Cable cable = Cable.to(PostgresServer.port(), false);
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void close() {
    cable.close();
  }

  private PostgresEngine open(PostgresEngine.Pause between) {
    var url = PostgresServer.url(cable.port(), PostgresServer.databaseFor(dir));
    return PostgresEngine.open(dir, url, Schema.CURRENT, between);
  }

  @Test
  @DisplayName(
      "F57 PostgreSQL away at the start: each pause is twice the one before, up to five seconds")
  void pauses_grow_up_to_a_bound() {
    open(
            time -> {
              pauses.add(time);
              if (pauses.size() == 8) {
                cable.mend();
              }
            })
        .close();
    assertThat(pauses)
        .extracting(Duration::toMillis)
        .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L, 5000L);
    assertThat(cable.connections()).as("the first that gets through is kept").isEqualTo(1);
  }

  @Test
  @DisplayName("F57 who is stopped while it waits says so, and leaves its folder free")
  void a_stop_ends_the_waiting() {
    PostgresEngine.Pause stopped =
        _ -> {
          throw new InterruptedException("stopped");
        };
    assertThatThrownBy(() -> open(stopped))
        .isInstanceOf(CannotOpen.class)
        .hasMessage("stopped while waiting for the database");
    assertThat(Thread.interrupted()).isTrue();
    cable.mend();
    open(stopped).close();
  }
}
