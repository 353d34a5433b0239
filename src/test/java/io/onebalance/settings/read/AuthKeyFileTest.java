package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthKeyFileTest {
  @TempDir private Path directory;

  private final SecureRandom chance = new SecureRandom();

  @Test
  @DisplayName("S5 a key is made at the first start and shown once")
  void a_key_is_made_at_the_first_start() throws Exception {
    var file = new AuthKeyFile(directory.resolve("deep/data"));
    var first = file.readOrMake(chance);
    var second = file.readOrMake(chance);
    assertThat(first.newlyMade()).isTrue();
    assertThat(first.key().reveal()).matches("[A-Za-z0-9_-]{43}");
    assertThat(second).isEqualTo(new AuthKeyFile.Kept(first.key(), false));
  }

  @Test
  @DisplayName("S5 only the owner may read the kept key")
  void only_the_owner_may_read_the_kept_key() throws Exception {
    var file = new AuthKeyFile(directory.resolve("data"));
    file.readOrMake(chance);
    assertThat(rights(file.path())).isEqualTo("rw-------");
    assertThat(rights(directory.resolve("data"))).isEqualTo("rwx------");
  }

  @Test
  void a_new_key_replaces_the_old_one() throws Exception {
    var file = new AuthKeyFile(directory);
    var first = file.readOrMake(chance).key();
    var second = file.make(chance);
    assertThat(second).isNotEqualTo(first);
    assertThat(file.read()).contains(second);
    assertThat(rights(file.path())).isEqualTo("rw-------");
  }

  @Test
  void an_empty_file_holds_no_key() throws Exception {
    Files.writeString(directory.resolve("auth-key"), "\n");
    assertThat(new AuthKeyFile(directory).read()).isEmpty();
  }

  private static String rights(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
