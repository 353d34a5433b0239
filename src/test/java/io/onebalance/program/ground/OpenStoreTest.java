package io.onebalance.program.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Policy;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.wire.Cable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStoreTest {
  private static final Pattern SQL = Pattern.compile("\\b(SELECT|SET|SHOW|COMMIT)\\b");

  @TempDir Path dir;

  private OpenStore open(Optional<String> master) {
    return open("sqlite:{data}/one-balance.db", master);
  }

  private OpenStore open(String url, Optional<String> master) {
    var storage =
        new Settings.Storage(dir, url, master.map(Secret::new), dir.resolve("master.key"));
    return OpenStore.open(storage, () -> new Policy(2, 5), InstantSource.system(), _ -> {});
  }

  @Test
  void what_could_not_be_opened_as_a_whole_is_free_again() {
    assertThatThrownBy(() -> open(Optional.of("no key"))).isInstanceOf(CannotOpen.class);
    try (var stored = open(Optional.empty())) {
      assertThat(stored.keyring().counts()).isEmpty();
    }
  }

  /// A start waits for each answer, and a server may be far away.
  @Test
  void a_start_asks_postgresql_no_more_than_it_must() {
    open(PostgresServer.urlFor(dir), Optional.empty()).close();
    try (var cable = Cable.to(PostgresServer.port(), true).listen();
        var _ = open(through(cable), Optional.empty())) {
      var said = cable.said().getFirst();
      assertThat(said).noneMatch(words -> words.contains("SET application_name"));
      assertThat(said).noneMatch(words -> words.contains("SESSION CHARACTERISTICS"));
      assertThat(said).filteredOn(words -> SQL.matcher(words).find()).hasSizeLessThanOrEqualTo(17);
    }
  }

  private String through(Cable cable) {
    return PostgresServer.url(cable.port(), PostgresServer.databaseFor(dir));
  }
}
