package io.onebalance.store;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static final int NEXT = Schema.CURRENT.newest() + 1;

  @TempDir Path dir;

  private Path file() {
    return dir.resolve("one-balance.db");
  }

  @Test
  @DisplayName("S2 files are for their owner only")
  void files_are_for_their_owner_only() throws IOException {
    var data = dir.resolve("data");
    try (var rig = Rig.in(data)) {
      rig.add("groq", "gsk-one");
      assertThat(Files.getPosixFilePermissions(data)).isEqualTo(fromString("rwx------"));
      try (var files = Files.list(data)) {
        assertThat(files)
            .hasSize(5)
            .allSatisfy(f ->
                assertThat(Files.getPosixFilePermissions(f)).isEqualTo(fromString("rw-------")));
      }
    }
  }

  @Test
  void a_file_open_to_others_is_closed_to_them() throws IOException {
    Rig.in(dir).close();
    Files.setPosixFilePermissions(file(), fromString("rw-r--r--"));
    try (var rig = Rig.in(dir)) {
      assertThat(rig.keyring.counts()).isEmpty();
      assertThat(Files.getPosixFilePermissions(file())).isEqualTo(fromString("rw-------"));
    }
  }

  @Test
  void other_programs_read_while_it_is_open() {
    try (var rig = Rig.in(dir)) {
      var id = rig.add("groq", "gsk-one");
      rig.add("groq", "gsk-two");
      rig.add("openai", "sk-one");
      rig.keyring.block(Rig.ids(id), "leaked", Rig.ACTOR);
      assertThat(rig.ask("SELECT provider, status, COUNT(*) FROM keys GROUP BY provider, status"))
          .isEqualTo("groq|active|1\ngroq|blocked|1\nopenai|active|1");
    }
  }

  @Test
  @DisplayName("F83 a second process refuses and names the first")
  void a_second_process_refuses_and_names_the_first() {
    try (var child = Child.doing("hold", Store.SQLITE, dir, 0)) {
      assertThat(child.read(1)).hasSize(1);
      assertThatThrownBy(() -> Rig.in(dir))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("in use by process " + child.pid());
      child.kill();
      Rig.in(dir).close();
    }
  }

  @Test
  @DisplayName("F83 the same process does not open it twice, and keeps its lock")
  void the_same_process_does_not_open_it_twice() {
    try (var rig = Rig.in(dir)) {
      assertThatThrownBy(() -> Rig.in(dir)).isInstanceOf(CannotOpen.class);
      assertThat(rig.add("groq", "gsk-one")).isNotEmpty();
    }
  }

  @Test
  @DisplayName("F61 what is no database is refused and left as it is")
  void what_is_no_database_is_refused_and_left_as_it_is() throws IOException {
    Files.writeString(file(), "these are not the bytes of a database");
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("Put a copy in its place");
    assertThat(Files.readString(file())).isEqualTo("these are not the bytes of a database");
  }

  @Test
  @DisplayName("F61 a torn page is noticed at the start")
  void a_torn_page_is_noticed_at_the_start() throws IOException {
    try (var rig = Rig.in(dir)) {
      rig.keyring.add("groq", List.of(Rig.key("gsk")), Rig.ACTOR);
    }
    var bytes = Files.readAllBytes(file());
    for (var at = 4096 + 8; at < bytes.length; at += 4096) {
      Arrays.fill(bytes, at, at + 64, (byte) 0xa5);
    }
    Files.write(file(), bytes);
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("damaged");
    assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
  }

  @Test
  @DisplayName("F62 a newer schema is refused and left as it is")
  void a_newer_schema_is_refused_and_left_as_it_is() throws IOException {
    Rig.in(dir).close();
    Rig.outside(
        dir,
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) VALUES (9, '7', 'later', 'SQL', 'V7', '', 1,"
            + " 1)");
    var before = Files.readAllBytes(file());
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("schema 7")
        .hasMessageContaining("up to " + Schema.CURRENT.newest());
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void a_database_of_another_program_is_refused() {
    Rig.outside(dir, "CREATE TABLE recipes (name TEXT)");
    assertThatThrownBy(() -> Rig.in(dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("another program");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://localhost/x", "sqlite:", "one-balance.db"})
  void an_address_that_is_no_file_is_refused(String url) {
    assertThatThrownBy(() -> Database.open(dir, url, new Rig.Clock(), Terms.byHand()))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void the_newest_schema_is_the_last_script() throws IOException {
    var scripts = Path.of("src/main/resources/io/onebalance/store/migration");
    try (var files = Files.list(scripts)) {
      var version = Pattern.compile("V(\\d+)__.*\\.sql");
      var newest =
          files
              .map(f -> version.matcher(f.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToInt(m -> Integer.parseInt(m.group(1)))
              .max();
      assertThat(newest).hasValue(Schema.CURRENT.newest());
    }
  }

  @Test
  void an_older_database_is_copied_before_it_is_changed() throws IOException, SQLException {
    try (var rig = Rig.in(dir)) {
      rig.add("groq", "gsk-one");
    }
    scripts("ALTER TABLE keys ADD COLUMN colour TEXT;");
    openWithOneMore().close();
    var copy = dir.resolve("one-balance-before-v" + NEXT + "-20261121T080000Z.db");
    assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(fromString("rw-------"));

    Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);
    try (var rig = Rig.in(dir)) {
      assertThat(rig.secrets()).containsExactly("gsk-one");
      assertThat(rig.ask("SELECT COUNT(*) FROM pragma_table_info('keys') WHERE name = 'colour'"))
          .isEqualTo("0");
    }
  }

  @Test
  @DisplayName("F63 a script that fails changes nothing and runs again")
  void a_script_that_fails_changes_nothing_and_runs_again() throws IOException {
    Rig.in(dir).close();
    scripts("ALTER TABLE keys ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES (1);");
    assertThatThrownBy(this::openWithOneMore).isInstanceOf(CannotOpen.class);
    scripts("ALTER TABLE keys ADD COLUMN colour TEXT;");
    openWithOneMore().close();
  }

  @Test
  @DisplayName("F63 a migration killed midway is undone and runs again")
  void a_migration_killed_midway_is_undone_and_runs_again() throws IOException {
    Rig.in(dir).close();
    scripts(
        """
        CREATE TABLE half (n);
        INSERT INTO half WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)
        SELECT n FROM c LIMIT 500000000;
        """);
    try (var child = Child.doing("migrate", Store.SQLITE, dir, 0)) {
      var log = dir.resolve("one-balance.db-wal").toFile();
      while (child.lives() && log.length() < 1 << 20) {
        Thread.onSpinWait();
      }
      assertThat(child.lives()).isTrue();
      child.kill();
    }
    scripts("CREATE TABLE half (n);");
    openWithOneMore().close();
  }

  /// The program's own scripts, and one that comes after them.
  private void scripts(String next) throws IOException {
    var scripts = Files.createDirectories(dir.resolve("scripts"));
    try (var own = Files.list(Path.of("src/main/resources/io/onebalance/store/migration"))) {
      for (var script : own.toList()) {
        Files.copy(
            script, scripts.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(scripts.resolve("V" + NEXT + "__next.sql"), next);
  }

  private Database openWithOneMore() {
    var schema =
        new Schema(NEXT, Map.of(Dialect.SQLITE, List.of("filesystem:" + dir.resolve("scripts"))));
    var terms = new Terms(schema, Duration.ofSeconds(1), Optional.empty());
    return Database.open(dir, Store.SQLITE.url(dir), new Rig.Clock(), terms);
  }
}
