package io.onebalance.program.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Policy;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.file.CannotOpen;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStoreTest {
  @TempDir Path dir;

  private OpenStore open(Optional<String> master) {
    var storage =
        new Settings.Storage(
            dir,
            "sqlite:{data}/one-balance.db",
            master.map(Secret::new),
            dir.resolve("master.key"));
    return OpenStore.open(storage, () -> new Policy(2, 5), InstantSource.system(), _ -> {});
  }

  @Test
  void what_could_not_be_opened_as_a_whole_is_free_again() {
    assertThatThrownBy(() -> open(Optional.of("no key"))).isInstanceOf(CannotOpen.class);
    try (var stored = open(Optional.empty())) {
      assertThat(stored.keyring().counts()).isEmpty();
    }
  }
}
