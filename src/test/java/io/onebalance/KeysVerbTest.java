package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.settings.Vet;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `one-balance keys` against a server that runs.
class KeysVerbTest {
  private static final String ONE = "gsk-canary-number-one-00000001";
  private static final String TWO = "gsk-canary-number-two-00000002";
  private static final String THREE = "gsk-canary-number-three-000003";

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String typed = "";

  @Test
  @DisplayName("P20 keys are added from arguments, a file and standard input, and shown masked")
  void keys_are_added_and_listed() throws Exception {
    try (var running = Running.in(dir)) {
      Files.writeString(dir.resolve("keys.txt"), TWO + "\n" + ONE);
      typed = THREE;
      assertThat(run(running, "add", "groq", ONE, "--remark", "mine")).isZero();
      assertThat(taken(out).lines())
          .containsExactly(
              "PROVIDER  ADDED  DUPLICATES  INVALID", "groq          1           0        0");
      assertThat(run(running, "add", "groq", "--file", "keys.txt")).isZero();
      assertThat(taken(out)).contains("groq          1           1        0");
      assertThat(run(running, "add", "groq", "-")).isZero();
      assertThat(run(running, "add", "groq", "has a blank")).isEqualTo(1);
      assertThat(taken(err)).startsWith("line 1: ").doesNotContain("has a blank");
      taken(out);
      assertThat(run(running)).isZero();
      assertThat(taken(out))
          .contains("…0001", "…0002", "…0003", "groq", "active", "mine", "3 keys")
          .doesNotContain("canary");
      assertThat(run(running, "list", "--q", "mine", "--provider", "groq")).isZero();
      assertThat(taken(out)).contains("…0001", "1 keys").doesNotContain("…0002");
      assertThat(run(running, "list", "--limit", "1")).isZero();
      assertThat(taken(out)).contains("3 keys; more with --limit").hasLineCount(3);
    }
  }

  @Test
  void keys_are_tested_blocked_unblocked_and_deleted() {
    try (var running = Running.in(dir).keys("groq", ONE, TWO)) {
      running.script.key(TWO, Fault.dead());
      assertThat(run(running, "test", "--provider", "groq", "--model", "llama")).isEqualTo(1);
      assertThat(taken(out))
          .contains("  valid", "  invalid: ", "2 tested, 1 passed, 1 failed")
          .doesNotContain("canary");
      assertThat(run(running, "unblock", "--status", "blocked")).isZero();
      assertThat(taken(out)).isEqualTo("unblock: 1 keys\n");
      assertThat(run(running, "block", "--provider", "groq", "--reason", "spent")).isZero();
      taken(out);
      assertThat(run(running, "list", "--status", "blocked")).isZero();
      var listed = taken(out);
      assertThat(listed).contains("spent", "2 keys");
      var id = listed.lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
      assertThat(run(running, "delete", id, "no-such-id")).isEqualTo(1);
      assertThat(taken(err)).contains("1 of the ids are no key's");
      typed = id;
      assertThat(run(running, "delete", "--file", "-")).isEqualTo(1);
      assertThat(run(running, "delete", "--provider", "groq")).isZero();
      assertThat(taken(out)).endsWith("delete: 1 keys\n");
    }
  }

  @Test
  @DisplayName("an empty list of ids is refused, and means no key, least of all every key")
  void an_empty_list_of_ids_is_refused() throws Exception {
    try (var running = Running.in(dir).keys("groq", ONE)) {
      Files.writeString(dir.resolve("ids.txt"), " ,\n");
      for (var action : List.of("export", "test", "block", "unblock", "reset", "delete")) {
        for (var ids : List.of("-", "--file=-", "--file=ids.txt")) {
          assertThat(run(running, action, ids)).isEqualTo(2);
          assertThat(taken(err)).isEqualTo("Which keys? The list of ids is empty\n");
          assertThat(run(running, action, "--provider", "groq", ids)).isEqualTo(2);
          assertThat(taken(err)).contains("Ids, or --provider, --status, --q; not both");
        }
      }
      assertThat(run(running, "export", "--reveal", "-")).isEqualTo(2);
      assertThat(taken(out)).isEmpty();
      assertThat(run(running, "list", "--status", "active")).isZero();
      assertThat(taken(out)).contains("…0001", "1 keys");
    }
  }

  @Test
  void a_test_of_a_key_that_is_not_there_fails() {
    try (var running = Running.in(dir).keys("groq", ONE)) {
      assertThat(run(running, "test", "no-such-id", "nor-this")).isEqualTo(1);
      assertThat(taken(err)).isEqualTo("2 of the ids are no key's\n");
      assertThat(taken(out)).isEqualTo("0 tested, 0 passed, 0 failed\n");
    }
  }

  @Test
  void a_key_that_rests_is_reset() {
    try (var running = Running.in(dir).keys("groq", ONE)) {
      running.script.key(ONE, Fault.limited(Duration.ofHours(1)));
      var chat = FarProvider.chat("groq/llama", false);
      assertThat(running.post("/v1/chat/completions", chat).statusCode()).isEqualTo(429);
      assertThat(run(running, "list", "--status", "cooling")).isZero();
      assertThat(taken(out)).contains("…0001", "1 keys");
      assertThat(run(running, "reset", "--provider", "groq")).isZero();
      assertThat(taken(out)).isEqualTo("reset: 1 keys\n");
      assertThat(run(running, "list", "--status", "cooling")).isZero();
      assertThat(taken(out)).contains("0 keys");
    }
  }

  @Test
  @DisplayName("S22 an export shows keys only where that is said, and the audit log tells of it")
  void an_export_is_masked_unless_revealed() throws SQLException {
    try (var running = Running.in(dir).keys("groq", ONE, TWO)) {
      assertThat(run(running, "export")).isZero();
      assertThat(taken(out)).contains("\"key\":\"…0001\"").doesNotContain("canary").hasLineCount(2);
      assertThat(run(running, "export", "--reveal", "--q", "0002")).isZero();
      assertThat(taken(out)).contains(TWO).doesNotContain(ONE);
      assertThat(audited("action = 'reveal'")).isOne();
      assertThat(audited("detail LIKE '%canary%'")).isZero();
    }
  }

  /// How many rows of the audit log are so.
  private int audited(String so) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("data/one-balance.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM audit WHERE " + so)) {
      return rows.getInt(1);
    }
  }

  @Test
  void what_is_wrong_is_named() {
    try (var running = Running.in(dir)) {
      assertThat(run(running, "forget")).isEqualTo(2);
      assertThat(taken(err)).contains("'forget'", "list|add|");
      assertThat(run(running, "add")).isEqualTo(2);
      assertThat(run(running, "add", "groq")).isEqualTo(2);
      assertThat(taken(err)).contains("Which provider?", "Which keys?");
      assertThat(run(running, "delete")).isEqualTo(2);
      assertThat(taken(err)).contains("Ids, or one of --provider, --status, --q");
      assertThat(run(running, "list", "an-id")).isEqualTo(2);
      assertThat(taken(err)).contains("list takes no ids; allowed: --provider, --status, --q");
      for (var action : List.of("block", "test", "export")) {
        assertThat(run(running, action, "an-id", "--status", "blocked")).isEqualTo(2);
        assertThat(taken(err)).contains("Ids, or --provider, --status, --q; not both");
      }
      assertThat(run(running, "add", "nobody", "x")).isEqualTo(2);
      assertThat(taken(err)).contains("there is no provider 'nobody'");
      assertThat(run(running, "list", "--status", "odd")).isEqualTo(2);
      assertThat(taken(err)).contains("'status' must be one of");
      assertThat(run(running, "list", "--limit", "many")).isEqualTo(2);
    }
  }

  private int run(Running running, String... words) {
    var line = new ArrayList<>(List.of("keys"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", running.url(), "--auth-key", Running.AUTH));
    var shell =
        new Shell(
            dir,
            Map.of(),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            InstantSource.system(),
            new SecureRandom(),
            Vet.NOTHING);
    return new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new));
  }

  private static String taken(StringWriter printed) {
    var text = printed.toString();
    printed.getBuffer().setLength(0);
    return text;
  }
}
