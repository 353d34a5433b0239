package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.MasterKeyChange;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `one-balance rotate-master-key` while a server serves.
class RotateMasterKeyTest {
  private static final String KEY = "gsk-canary-under-two-masters-1";

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();

  private Path data() {
    return dir.resolve("server/data");
  }

  private Path file() {
    return data().resolve("master.key");
  }

  @Test
  @DisplayName("S1 the master key is changed while serving; the old one opens nothing any more")
  void it_is_changed_while_serving() throws Exception {
    try (var running = Running.in(dir.resolve("server")).keys("groq", KEY)) {
      var old = Files.readString(file());
      assertThat(run()).isZero();
      assertThat(out.toString())
          .contains("backups made before need it")
          .doesNotContain(old.strip());
      assertThat(Files.readString(file())).isNotEqualTo(old);
      assertThat(data().resolve("master.key.before-1795420800")).hasContent(old.strip());
      assertThat(data().resolve("master.key.next")).doesNotExist();
      running.keys("groq", "gsk-another-that-comes-after-2");
      assertThat(run()).isZero();
      running.restart();
      assertThat(running.get("/api/keys?provider=groq").body()).contains("\"total\":2");
      assertThat(running.get("/api/keys?status=blocked").body()).contains("\"total\":0");
      Files.writeString(dir.resolve("old.key"), old);
      Files.setPosixFilePermissions(dir.resolve("old.key"), Files.getPosixFilePermissions(file()));
      environment.put("MASTER_KEY_FILE", dir.resolve("old.key").toString());
      assertThat(run()).isEqualTo(1);
      assertThat(out.toString()).contains("not the one of this database; nothing was changed");
    }
  }

  @Test
  @DisplayName("P16 broken off anywhere, the key in the file opens the database")
  void broken_off_anywhere_nothing_is_lost() throws Exception {
    var server = dir.resolve("server");
    var database = data().resolve("one-balance.db");
    var change = MasterKeyChange.of(data(), "sqlite:" + database);
    var fresh = MasterKey.fresh();
    try (var running = Running.in(server).keys("groq", KEY)) {
      assertThat(running.url()).isNotEmpty();
    }
    var old = MasterKey.existing(Optional.empty(), file());
    assertThatThrownBy(() -> change.keepOnly(fresh)).isInstanceOf(CannotOpen.class);
    change.admit(old, fresh); // broken off here, the file holds the old key
    opens(server);
    Files.copy(file(), dir.resolve("kept"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(file(), fresh.text()); // and here the new one
    opens(server);
    assertThat(run()).isZero(); // run again, it ends as if nothing had been
    opens(server);
    assertThatThrownBy(() -> change.admit(old, fresh)).isInstanceOf(CannotOpen.class);
    assertThatThrownBy(() -> change.keepOnly(fresh)).isInstanceOf(CannotOpen.class);
  }

  private static void opens(Path server) {
    try (var running = Running.in(server)) {
      assertThat(running.get("/api/keys?provider=groq&status=active").body())
          .contains("\"total\":1");
    }
  }

  @Test
  @DisplayName("S1 on a shared database no third key is made while others may have the first")
  void one_change_after_the_other() throws Exception {
    try (var rig = Rig.in(Store.POSTGRESQL, dir)) {
      rig.add("groq", KEY);
    }
    environment.put("DATABASE_URL", Store.POSTGRESQL.url(dir));
    environment.put("MASTER_KEY_FILE", dir.resolve("master.key").toString());
    assertThat(run()).isZero();
    var second = Files.readString(dir.resolve("master.key"));
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("has not ended", "--finish");
    assertThat(dir.resolve("master.key")).hasContent(second.strip());
    assertThat(run("--finish")).isZero();
    assertThat(run()).isZero();
    Rig.in(Store.POSTGRESQL, dir).close();
  }

  @Test
  @DisplayName("S1 two instances serve while it is changed; each gets the new one in its own time")
  void two_instances_serve() throws Exception {
    var settings = "database: '" + Store.POSTGRESQL.url(dir) + "'\n";
    try (var one = Running.in(dir.resolve("server"), settings).keys("groq", KEY)) {
      var other = Files.createDirectories(dir.resolve("other/data")).resolve("master.key");
      Files.copy(file(), other, StandardCopyOption.COPY_ATTRIBUTES);
      Files.copy(file(), dir.resolve("old.key"), StandardCopyOption.COPY_ATTRIBUTES);
      try (var two = Running.in(dir.resolve("other"), settings)) {
        environment.put("DATABASE_URL", Store.POSTGRESQL.url(dir));
        assertThat(run()).isZero();
        one.keys("groq", "gsk-another-that-comes-after-2");
        two.keys("groq", "gsk-another-that-comes-after-3");
        two.restart(); // with the old key
        holds(two, 3);
        Files.copy(
            file(), other, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        assertThat(run("--finish")).isZero();
        one.restart();
        two.restart();
        holds(one, 3);
        holds(two, 3);
      }
    }
    environment.put("MASTER_KEY_FILE", dir.resolve("old.key").toString());
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("not the one of this database; nothing was changed");
  }

  private static void holds(Running at, int keys) {
    assertThat(at.get("/api/keys?provider=groq&status=active").body())
        .contains("\"total\":" + keys);
  }

  @Test
  void a_key_of_the_environment_is_not_this_programs_to_change() {
    environment.put("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("MASTER_KEY_FILE");
  }

  private int run(String... options) {
    environment.put("DATA_DIR", data().toString());
    var shell =
        new Shell(
            dir,
            environment,
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(out),
            () -> Instant.ofEpochSecond(1_795_420_800),
            new SecureRandom(),
            Vet.NOTHING);
    var words = Stream.concat(Stream.of("rotate-master-key"), Stream.of(options));
    return new Verbs(shell, "1", Pretence.powers()).run(words.toArray(String[]::new));
  }
}
