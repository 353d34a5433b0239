package io.onebalance.store.vault;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.store.Database;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.Terms;
import io.onebalance.store.file.CannotOpen;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class MasterKeyTest {
  private static final String OTHER = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void name() {
    file = dir.resolve("master.key");
  }

  private byte[] database() throws IOException {
    return Files.readAllBytes(dir.resolve("one-balance.db"));
  }

  @Test
  @DisplayName("S2 made at the first start, for its owner only")
  void made_at_the_first_start() throws IOException {
    Rig.in(dir).close();
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(fromString("rw-------"));
    assertThat(Files.readString(file)).matches("[A-Za-z0-9+/]{43}=\n");
  }

  @Test
  @DisplayName("F65 missing while keys are stored: refused, nothing made, nothing changed")
  void missing_while_keys_are_stored() throws IOException {
    store();
    Files.delete(file);
    var before = database();
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("master key is missing")
        .hasMessageContaining(file.toString());
    assertThat(file).doesNotExist();
    assertThat(database()).isEqualTo(before);
  }

  @Test
  @DisplayName("F65 wrong while keys are stored: refused, nothing changed")
  void wrong_while_keys_are_stored() throws IOException {
    store();
    Files.writeString(file, OTHER);
    var before = database();
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("not the one");
    assertThat(database()).isEqualTo(before);
  }

  @Test
  void lost_while_nothing_is_stored_it_is_made_anew() throws IOException {
    Rig.in(dir).close();
    Files.delete(file);
    try (var rig = Rig.in(dir)) {
      rig.add("groq", "gsk-one");
    }
    try (var rig = Rig.in(dir)) {
      assertThat(rig.secrets()).containsExactly("gsk-one");
    }
  }

  @Test
  @DisplayName("S2 a file that others may read is refused")
  void a_file_that_others_may_read_is_refused() throws IOException {
    store();
    Files.setPosixFilePermissions(file, fromString("rw-r-----"));
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("chmod 600");
  }

  @ParameterizedTest
  @CsvSource({
    "r--r-----,''",
    "rw-r-----,''",
    "r--rw----,chmod 600",
    "r--r--r--,chmod 600",
    "r-xr-x---,chmod 600"
  })
  @DisplayName("S2 one that another user hands over may be its group's to read")
  void handed_over(String rights, String refused) throws IOException {
    store();
    Files.setPosixFilePermissions(file, fromString(rights));
    giveAway();
    if (refused.isEmpty()) {
      Rig.in(dir).close();
    } else {
      assertThatThrownBy(() -> Rig.in(dir)).hasMessageContaining(refused);
    }
  }

  /// As systemd has it, or Kubernetes.
  private void giveAway() throws IOException {
    var users = file.getFileSystem().getUserPrincipalLookupService();
    try {
      Files.setOwner(file, users.lookupPrincipalByName("nobody"));
    } catch (FileSystemException notAllowed) {
      throw new TestAbortedException("only root gives files away", notAllowed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "c2hvcnQ=", "not base64 at all, however long it may be !!"})
  void a_malformed_one_is_named_but_not_shown(String given) {
    try (var rig = Rig.in(dir)) {
      assertThatThrownBy(() -> MasterKey.obtain(Optional.of(given), file, rig.database))
          .isInstanceOf(CannotOpen.class)
          .hasMessage(
              "MASTER_KEY has to be 32 bytes in base64 (`openssl rand -base64 32` makes one)");
    }
  }

  @Test
  void the_environment_comes_before_the_file() {
    store();
    try (var database =
        Database.open(dir, Store.SQLITE.url(dir), new Rig.Clock(), Terms.byHand())) {
      var other = MasterKey.obtain(Optional.of(OTHER), file, database);
      assertThatThrownBy(() -> Vault.open(database, other)).isInstanceOf(CannotOpen.class);
      assertThat(other).hasToString("the master key");
    }
  }

  private void store() {
    try (var rig = Rig.in(dir)) {
      rig.add("groq", "gsk-one");
    }
  }
}
