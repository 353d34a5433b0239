package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.secret.Secret;
import io.onebalance.store.file.Backup;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.move.ServerBackup;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.SealedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies of a database on a real PostgreSQL.
class ServerBackupTest {
  private static final int KEYS = 2_500;

  @TempDir Path dir;

  /// What is kept is named after its second.
  private int seconds;

  private ServerBackup server(String url) {
    return new ServerBackup(new Secret(url), dir, () -> Rig.START.plusSeconds(++seconds));
  }

  private ServerBackup here() {
    return server(PostgresServer.urlFor(dir));
  }

  private Rig rig() {
    return Rig.in(Store.POSTGRESQL, dir);
  }

  private static void anything(Secret wrapped) {
    assertThat(wrapped.reveal()).isNotEmpty();
  }

  @Test
  @DisplayName("P16 a copy is that of one moment while keys are added, and comes back whole")
  void while_keys_are_added() throws Exception {
    var stop = new AtomicBoolean();
    var adding = new CountDownLatch(20);
    var copy = dir.resolve("copy.db");
    Backup.Held held;
    try (var rig = rig()) {
      rig.keyring.add(
          "groq", IntStream.range(0, KEYS).mapToObj(i -> Rig.key("gsk-" + i)).toList(), "me");
      var busy =
          CompletableFuture.runAsync(() -> {
            for (var i = 0; !stop.get(); i++) {
              rig.keyring.add("openai", List.of(Rig.key("a-" + i), Rig.key("b-" + i)), "me");
              adding.countDown();
            }
          });
      adding.await();
      held = here().take(copy);
      stop.set(true);
      busy.join();
    }
    assertThat(held.keys()).isGreaterThanOrEqualTo(KEYS + 40);
    assertThat((held.keys() - KEYS) % 2).as("both keys of an addition, or none").isZero();

    var there = dir.resolve("there");
    assertThat(
            server(PostgresServer.urlFor(there)).restore(copy, false, ServerBackupTest::anything))
        .isEmpty();
    Files.createDirectories(there);
    Files.copy(dir.resolve("master.key"), there.resolve("master.key"));
    Files.setPosixFilePermissions(
        there.resolve("master.key"), Files.getPosixFilePermissions(dir.resolve("master.key")));
    try (var rig = Rig.in(Store.POSTGRESQL, there)) {
      assertThat(rig.secrets()).hasSize((int) held.keys()).contains("gsk-0", "a-0", "b-0");
      assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
      rig.add("groq", "gsk-later");
    }
    Files.copy(copy, dir.resolve("one-balance.db"));
    try (var rig = Rig.in(Store.SQLITE, dir)) {
      assertThat(rig.secrets()).as("a file's program reads it too").hasSize((int) held.keys());
    }
  }

  @Test
  @DisplayName("F67 what is there is replaced only when that is asked for, and kept as a file")
  void what_is_there() {
    var copy = dir.resolve("copy.db");
    try (var rig = rig()) {
      rig.add("groq", "gsk-old");
      here().take(copy);
      rig.add("groq", "gsk-newer");
    }
    assertThatThrownBy(() -> here().restore(copy, false, ServerBackupTest::anything))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("--replace");
    assertThat(secrets()).containsExactlyInAnyOrder("gsk-old", "gsk-newer");

    var kept = here().restore(copy, true, ServerBackupTest::anything).orElseThrow();
    assertThat(secrets()).containsExactly("gsk-old");
    here().restore(kept, true, ServerBackupTest::anything);
    assertThat(secrets()).containsExactlyInAnyOrder("gsk-old", "gsk-newer");
  }

  private Set<String> secrets() {
    try (var rig = rig()) {
      return Set.copyOf(rig.secrets());
    }
  }

  @Test
  @DisplayName("F61 F65 what is damaged or does not fit is refused, and so is a database in use")
  void what_does_not_fit() throws Exception {
    var copy = dir.resolve("copy.db");
    try (var rig = rig()) {
      rig.add("groq", "gsk-one");
      here().take(copy);
      assertThatThrownBy(() -> here().take(copy)).hasMessageContaining("is there already");
      rig.outside("INSERT INTO instances (id, process) VALUES ('another', 1)");
    }
    assertThatThrownBy(() -> here().restore(copy, true, ServerBackupTest::anything))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("stop all instances");
    var other =
        MasterKey.existing(Optional.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), dir);
    assertThatThrownBy(
            () -> here().restore(copy, true, wrapped -> SealedKeys.check(wrapped.reveal(), other)))
        .hasMessageContaining("the master key is not the one");
    Files.writeString(dir.resolve("letter"), "dear all");
    assertThatThrownBy(
            () -> here().restore(dir.resolve("letter"), true, ServerBackupTest::anything))
        .isInstanceOf(CannotOpen.class);
    assertThat(secrets()).containsExactly("gsk-one");
    try (var files = Files.list(dir)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("one-balance-copy"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "ledger_mark"})
  @DisplayName(
      "F61 F67 a restore that was broken off serves nobody, tells what it kept and is run again")
  void broken_off(String table) throws Exception {
    var copy = dir.resolve("copy.db");
    try (var rig = rig()) {
      rig.add("groq", "gsk-old");
      here().take(copy);
      rig.add("groq", "gsk-newer");
      rig.outside(Store.POSTGRESQL.nothingMoreIn(table));
    }
    assertThatThrownBy(() -> here().restore(copy, true, ServerBackupTest::anything))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContainingAll("run it again", "kept as " + dir.resolve("one-balance-before"));
    assertThatThrownBy(this::rig)
        .isInstanceOf(CannotOpen.class)
        .hasMessageContainingAll("broken off", "one-balance restore");
    PostgresServer.executeIn(PostgresServer.urlFor(dir), Store.POSTGRESQL.moreAgainIn(table));
    assertThat(here().restore(copy, false, ServerBackupTest::anything)).isEmpty();
    assertThat(secrets()).containsExactly("gsk-old");
  }

  @Test
  @DisplayName("F61 a restored copy that is not as its file serves nobody and is copied by nobody")
  void what_differs() throws Exception {
    var copy = dir.resolve("copy.db");
    try (var rig = rig()) {
      rig.add("groq", "gsk-old");
      here().take(copy);
      rig.outside(
          """
          CREATE FUNCTION scrawl() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN NEW.remark := 'scrawl'; RETURN NEW; END $$;
          CREATE TRIGGER scrawl BEFORE INSERT ON keys FOR EACH ROW EXECUTE FUNCTION scrawl()\
          """);
    }
    assertThatThrownBy(() -> here().restore(copy, true, ServerBackupTest::anything))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContainingAll("table keys differs", "run it again");
    assertThatThrownBy(this::rig).isInstanceOf(CannotOpen.class).hasMessageContaining("broken off");
    var half = dir.resolve("half.db");
    assertThatThrownBy(() -> here().take(half))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("broken off");
    assertThat(half).doesNotExist();
    PostgresServer.executeIn(PostgresServer.urlFor(dir), "DROP TRIGGER scrawl ON keys");
    here().restore(copy, false, ServerBackupTest::anything);
    assertThat(secrets()).containsExactly("gsk-old");
  }

  @Test
  @DisplayName(
      "P16 a journal goes on where its file was copied from, on a server and back on a file")
  void a_files_mark() throws Exception {
    try (var rig = Rig.in(Store.SQLITE, dir)) {
      rig.add("groq", "gsk-one");
      rig.outside("UPDATE ledger_mark SET position = 70, newest = 9");
      Backup.take(dir.resolve("one-balance.db"), dir.resolve("copy.db"));
    }
    here().restore(dir.resolve("copy.db"), false, ServerBackupTest::anything);
    try (var rig = rig()) {
      var mine = rig.database.engine().instance();
      assertThat(rig.ask("SELECT position FROM ledger_mark WHERE instance = '" + mine + "'"))
          .isEqualTo("70");
      rig.outside("UPDATE ledger_mark SET position = 90, newest = 12 WHERE position = 70");
      here().take(dir.resolve("back.db"));
    }
    Files.copy(
        dir.resolve("back.db"), dir.resolve("one-balance.db"), StandardCopyOption.REPLACE_EXISTING);
    try (var rig = Rig.in(Store.SQLITE, dir)) {
      assertThat(rig.ask("SELECT position, newest FROM ledger_mark")).isEqualTo("90|12");
    }
  }

  @Test
  @DisplayName("P16 where a copy is put back, each journal goes on from where the copy was made")
  void marks() {
    try (var rig = rig()) {
      rig.add("groq", "gsk-one");
      rig.outside("INSERT INTO ledger_mark (instance, position, newest) VALUES ('a', 70, 9)");
      here().take(dir.resolve("copy.db"));
      rig.outside("UPDATE ledger_mark SET position = 90, newest = 12");
    }
    here().restore(dir.resolve("copy.db"), true, ServerBackupTest::anything);
    try (var rig = rig()) {
      assertThat(rig.ask("SELECT position, newest FROM ledger_mark WHERE instance = 'a'"))
          .isEqualTo("70|9");
      assertThat(rig.ask("SELECT MAX(newest) FROM ledger_mark")).isEqualTo("9");
    }
  }
}
