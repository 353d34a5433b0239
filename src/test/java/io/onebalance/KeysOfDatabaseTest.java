package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Script;
import io.onebalance.settings.Vet;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// `one-balance keys --database`, and places of `sync` that are databases: no server runs.
@ParameterizedClass
@EnumSource(Store.class)
class KeysOfDatabaseTest {
  private static final String ONE = "gsk-canary-number-one-00000001";
  private static final String TWO = "gsk-canary-number-two-00000002";

  private final Store store;

  KeysOfDatabaseTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();

  @Test
  @DisplayName("P20 keys are looked after without a server, with their rows in the audit log")
  void without_a_server() throws Exception {
    assertThat(keys("add", "groq", ONE, TWO, "--remark", "mine")).isZero();
    assertThat(taken()).contains("groq          2           0        0").doesNotContain("canary");
    assertThat(keys("block", "--q", "0002", "--reason", "leaked")).isZero();
    assertThat(keys("list", "--status", "blocked")).isZero();
    assertThat(taken()).contains("…0002", "leaked", "1 keys").doesNotContain("…0001");
    assertThat(keys("export", "--reveal", "--q", "0001")).isZero();
    assertThat(taken()).contains(ONE);
    assertThat(keys("delete", "--q", "0001")).isZero();
    assertThat(keys("delete", "0001")).isEqualTo(1);
    assertThat(taken()).contains("delete: 1 keys", "1 of the ids are no key's");
    assertThat(asked("SELECT COUNT(*) FROM audit")).isEqualTo("4");
  }

  @Test
  void keys_are_tested_unblocked_and_reset_without_a_server() throws Exception {
    var vertx = Vertx.vertx();
    try {
      var script = new Script().key(TWO, Fault.dead());
      var sandbox = Sandbox.start(vertx, script, Clock.systemUTC()).await();
      Files.writeString(
          dir.resolve("one-balance.yaml"),
          "providers:\n  groq: {base-url: '%s/openai/v1'}\n".formatted(sandbox.url()));
      assertThat(keys("add", "groq", ONE, TWO)).isZero();
      assertThat(keys("test", "--provider", "groq", "--model", "llama")).isEqualTo(1);
      assertThat(taken()).contains("  valid", "  invalid: ", "2 tested, 1 passed, 1 failed");
      assertThat(keys("list", "--status", "blocked")).isZero();
      assertThat(taken()).contains("…0002", "1 keys");
      assertThat(keys("unblock", "--status", "blocked")).isZero();
      assertThat(taken()).isEqualTo("unblock: 1 keys\n");
      assertThat(keys("reset", "--provider", "groq")).isZero();
      assertThat(taken()).isEqualTo("reset: 2 keys\n");
      assertThat(keys("list", "--status", "active")).isZero();
      assertThat(taken()).contains("2 keys");
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void a_file_that_a_server_has_open_is_left_to_it_and_a_server_takes_one_more() {
    assertThat(keys("add", "groq", ONE)).isZero();
    taken();
    var open = Rig.in(store, dir.resolve("data"));
    try {
      assertThat(keys("list")).isEqualTo(store == Store.SQLITE ? 1 : 0);
      assertThat(taken()).contains(store == Store.SQLITE ? "open already" : "…0001");
    } finally {
      open.close();
    }
  }

  @Test
  void neither_a_console_that_is_off_nor_its_port_is_in_the_way() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (var isOn : List.of(true, false)) {
        Files.writeString(
            dir.resolve("one-balance.yaml"),
            "console: {enabled: %s, listen: '127.0.0.1:%d'}\nport: %2$d\n"
                .formatted(isOn, taken.getLocalPort()));
        assertThat(keys("add", "groq", isOn ? ONE : TWO)).as(out.toString()).isZero();
      }
      assertThat(keys("list")).isZero();
      assertThat(taken()).contains("…0001", "…0002", "2 keys");
    }
  }

  @Test
  void settings_that_no_program_starts_with_are_named() throws Exception {
    Files.writeString(
        dir.resolve("one-balance.yaml"), "providers:\n  nobody: {base-url: nowhere}\n");
    assertThat(keys("list")).isEqualTo(2);
    assertThat(taken()).contains("nobody").doesNotContain("Exception");
  }

  @Test
  @DisplayName("P20 a database is a source of sync, opened by its master key")
  void sync_reads_it() throws Exception {
    assertThat(keys("add", "groq", ONE, TWO, "--remark", "mine")).isZero();
    var place = store == Store.SQLITE ? "sqlite:data/one-balance.db" : store.url(dir);
    assertThat(run("sync", "-s", place, "-t", "json:copy.json")).isZero();
    assertThat(dir.resolve("copy.json")).content().contains(ONE, TWO, "mine");
    assertThat(taken()).doesNotContain("canary", "postgres:postgres");
  }

  @Test
  @DisplayName("P20 a database is a target of sync, without a server, with all that is known")
  void sync_writes_it() throws Exception {
    assertThat(keys("add", "groq", ONE)).isZero();
    Files.writeString(
        dir.resolve("more.csv"),
        "provider,key,remark,status,reason\ngroq,%s,hers,blocked,leaked\n".formatted(TWO));
    var place = store == Store.SQLITE ? "sqlite:data/one-balance.db" : store.url(dir);
    taken();
    assertThat(run("sync", "-s", "more.csv", "-t", place, "--dry-run")).as(out.toString()).isZero();
    assertThat(taken()).contains("would be: 1 added");
    assertThat(run("sync", "-s", "more.csv", "-t", place)).isZero();
    assertThat(taken()).contains("1 added").doesNotContain("canary", "postgres:postgres");
    assertThat(run("sync", "-s", "more.csv", "-t", place)).isZero();
    assertThat(taken()).contains("0 added, 0 changed, 1 same");
    assertThat(keys("list", "--status", "blocked")).isZero();
    assertThat(taken()).contains("…0002", "hers", "leaked", "1 keys");
  }

  @Test
  void a_database_that_is_no_one_balance_s_is_left_as_it_is() throws Exception {
    Files.writeString(dir.resolve("more.csv"), "provider,key\ngroq," + ONE + "\n");
    try (var seed = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("seed.db"));
        var statement = seed.createStatement()) {
      statement.execute("CREATE TABLE keys (id TEXT, key TEXT, provider TEXT)");
    }
    var before = Files.readAllBytes(dir.resolve("seed.db"));
    assertThat(run("sync", "-s", "more.csv", "-t", "seed.db")).isEqualTo(1);
    assertThat(taken()).contains("seed.db is no One Balance's database; it is only read");
    assertThat(Files.readAllBytes(dir.resolve("seed.db"))).isEqualTo(before);
    assertThat(dir.resolve("master.key")).doesNotExist();
  }

  private int keys(String... words) {
    var line = new ArrayList<>(List.of("keys", "--database"));
    line.addAll(List.of(words));
    return run(line.toArray(String[]::new));
  }

  private int run(String... words) {
    var environment = new HashMap<String, String>();
    environment.put("DATA_DIR", "data");
    environment.put(
        "DATABASE_URL", store == Store.SQLITE ? "sqlite:{data}/one-balance.db" : store.url(dir));
    var printed = new PrintWriter(out);
    var shell =
        new Shell(
            dir,
            environment,
            InputStream.nullInputStream(),
            printed,
            printed,
            Clock.systemUTC(),
            new SecureRandom(),
            Vet.NOTHING);
    var visit = new Visit(printed, Clock.systemUTC(), new SecureRandom());
    return new Verbs(shell, "1", Pretence.powers(visit)).run(words);
  }

  private String asked(String sql) throws Exception {
    try (var connection =
            store == Store.SQLITE
                ? Store.SQLITE.outsider(dir.resolve("data"))
                : store.outsider(dir);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private String taken() {
    var text = out.toString();
    out.getBuffer().setLength(0);
    return text;
  }
}
