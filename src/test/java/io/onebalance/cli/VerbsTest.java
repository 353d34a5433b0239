package io.onebalance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.Settings;
import io.onebalance.settings.Vet;
import io.onebalance.store.postgres.PostgresUrl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsTest {
  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final List<Loaded> served = new ArrayList<>();
  private final List<Settings> rehearsed = new ArrayList<>();
  private final List<String> parsed = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest(name = "one-balance {0}")
  @ValueSource(strings = {"", "serve", "--config other.yaml serve", "serve --config other.yaml"})
  void serving_is_the_default(String line) throws Exception {
    Files.writeString(directory.resolve("one-balance.yaml"), "port: 7\n");
    Files.writeString(directory.resolve("other.yaml"), "port: 7\n");
    assertThat(run(line)).isEqualTo(42);
    assertThat(served).hasSize(1);
    assertThat(served.getFirst().settings().listener().address().port()).isEqualTo(7);
  }

  @ParameterizedTest(name = "one-balance {0}: {1}")
  @CsvSource({
    "'', false",
    "serve, false",
    "--config other.yaml, false",
    "serve --config other.yaml, false",
    "--config other.yaml serve, true",
    "--config=other.yaml, true",
    "serve --config, true",
    "serve --config --help, true",
    "serve --config other.yaml more, true",
    "--help, true"
  })
  void a_start_needs_no_parser(String line, boolean parses) throws Exception {
    Files.writeString(directory.resolve("other.yaml"), "port: 7\n");
    run(line);
    assertThat(parsed).hasSize(parses ? 1 : 0);
  }

  @ParameterizedTest(name = "one-balance {0}")
  @ValueSource(strings = {"", "serve"})
  void bad_settings_end_with_2_and_are_all_named(String line) throws Exception {
    Files.writeString(directory.resolve("one-balance.yaml"), "port: x\nhots: y\n");
    assertThat(run(line)).isEqualTo(Exit.WRONG_USAGE);
    assertThat(served).isEmpty();
    assertThat(err.toString().lines())
        .containsExactly(
            "one-balance.yaml:2: 'hots' is not a setting; did you mean 'host'?",
            "one-balance.yaml:1: port is 'x'; allowed: a whole number from 0 to 65535");
  }

  @ParameterizedTest(name = "one-balance {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "srve | 'srve' is no verb; known: serve, init, auth-key, gateway-keys, keys,",
        "help srve | 'srve' is no verb; known: serve, init, auth-key, gateway-keys, keys,",
        "--colour | Unknown option: '--colour'",
        "serve --colour | Try: one-balance serve --help",
        "init now | Unmatched argument at index 1: 'now'",
        "serve --config | Missing required parameter for option '--config'",
        "migrate --to nonsense | --to has to be sqlite:FILE or postgresql://",
        "migrate --to postgresql://canary@/db | --to has to be"
            + " postgresql://user:password@host:port/database",
        "sync -t x.csv -s postgresql://host/db | a postgresql place has to be"
            + " postgresql://user:password@",
      })
  void wrong_usage_ends_with_2_and_says_what_is_known(String line, String message) {
    assertThat(run(line)).isEqualTo(Exit.WRONG_USAGE);
    assertThat(err.toString()).contains(message);
    assertThat(served).isEmpty();
  }

  @ParameterizedTest(name = "one-balance {0}")
  @CsvSource({
    "--help, Usage: one-balance",
    "help, auth-key",
    "serve --help, Usage: one-balance serve",
    "help init, --force",
    "init -h, --config",
    "version, one-balance 1.2.3 (Java 25",
  })
  void help_and_version_are_told(String line, String text) {
    assertThat(run(line)).isZero();
    assertThat(out.toString()).contains(text);
    assertThat(served).isEmpty();
  }

  @ParameterizedTest(name = "one-balance {0}")
  @ValueSource(strings = {"--help", "help", "help init", "init -h", "version"})
  void what_cannot_be_printed_ends_with_1(String line) {
    var shell =
        new Shell(
            directory,
            environment,
            FullDisk.writer(),
            new PrintWriter(err),
            new SecureRandom(),
            Vet.NOTHING);
    var verbs = new Verbs(shell, "1.2.3", Pretence.powers());
    assertThat(verbs.run(line.split(" ", -1))).isEqualTo(Exit.FAILED);
    assertThat(err.toString())
        .endsWith("failed: standard output takes no more; it is full or closed\n");
  }

  @Test
  @DisplayName("S5 init makes a fresh key that only its owner may read")
  void init_writes_settings_to_start_from() throws Exception {
    assertThat(run("init")).isZero();
    var dotEnv = directory.resolve(".env");
    assertThat(Files.readString(dotEnv)).containsPattern("(?m)^AUTH_KEY=[A-Za-z0-9_-]{43}$");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dotEnv)))
        .isEqualTo("rw-------");
    assertThat(directory.resolve("one-balance.yaml")).content().contains("#port: 8080");
    assertThat(run("serve")).isEqualTo(42);
    assertThat(served.getFirst().settings().authKey()).isPresent();
  }

  @Test
  void init_never_replaces_a_file_unless_forced() throws Exception {
    Files.writeString(directory.resolve(".env"), "PORT=7\n");
    assertThat(run("init")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains(".env exists already");
    assertThat(directory.resolve("one-balance.yaml")).doesNotExist();
    assertThat(directory.resolve(".env")).hasContent("PORT=7");
    assertThat(run("init --force")).isZero();
    assertThat(directory.resolve(".env")).content().contains("AUTH_KEY=");
  }

  @Test
  void the_kept_gateway_key_is_made_and_shown() {
    assertThat(run("auth-key")).isEqualTo(Exit.FAILED);
    assertThat(run("auth-key --new")).isZero();
    var first = taken();
    assertThat(run("auth-key")).isZero();
    assertThat(taken()).isEqualTo(first);
    assertThat(run("auth-key --new")).isZero();
    assertThat(taken()).isNotEqualTo(first).matches("[A-Za-z0-9_-]{43}\\s+");
  }

  @ParameterizedTest(name = "DATABASE_URL={0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgresql://host/db | it needs a user",
        "postgresql://u:canary@host | it needs a host and a database",
        "postgresql://u:canary@host/db?speed=high | 'speed' is not known in its query",
        "postgresql://u:can ary@host/db | a character in it has to be written with %",
      })
  @DisplayName("a database that cannot be meant is wrong in the settings, for all verbs")
  void an_address_of_a_database_is_checked(String url, String why) {
    environment.put("DATABASE_URL", url);
    for (var verb : List.of("serve", "backup", "doctor", "rotate-master-key")) {
      assertThat(run(verb)).isEqualTo(Exit.WRONG_USAGE);
      assertThat(taken() + err)
          .contains("environment: DATABASE_URL has to be postgresql://user:password@host", why)
          .doesNotContain("canary", "can ary");
    }
  }

  @Test
  void a_gateway_key_set_elsewhere_is_shown_but_not_replaced() {
    environment.put("AUTH_KEY", "a-key-that-is-long-enough");
    assertThat(run("auth-key")).isZero();
    assertThat(taken()).startsWith("a-key-that-is-long-enough");
    assertThat(run("auth-key --new")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("is set in environment; change it there");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void a_rehearsal_has_a_folder_of_its_own_that_is_gone_afterwards() {
    environment.put("PORT", "1234");
    assertThat(run("rehearse")).isEqualTo(43);
    var storage = rehearsed.getFirst().storage();
    assertThat(storage.dataDir()).doesNotExist();
    assertThat(storage.dataDir().getParent()).isNotEqualTo(directory).doesNotExist();
    assertThat(rehearsed.getFirst().listener().address().port()).isZero();
    assertThat(run("--help")).isEqualTo(Exit.DONE);
    assertThat(taken()).doesNotContain("rehearse");
  }

  @ParameterizedTest(name = "one-balance {0}")
  @ValueSource(
      strings = {
        "usage --url localhost:8080",
        "keys list --url localhost:8080",
        "top --once --url /api",
        "events --url ftp://localhost",
        "gateway-keys --url http://",
        "doctor --url http://localhost:99999",
        "usage --url http://me:secret@localhost",
        "usage --url http://[broken",
        "connect claude --url localhost:8080",
      })
  void an_address_that_is_none_is_named(String line) {
    environment.put("AUTH_KEY", "a-key-that-is-long-enough");
    assertThat(run(line)).isEqualTo(Exit.WRONG_USAGE);
    assertThat(err.toString())
        .isEqualTo("--url is no address of a server; allowed: http://HOST:PORT, https://HOST\n");
  }

  @ParameterizedTest(name = "one-balance {0}")
  @ValueSource(
      strings = {
        "usage --auth-key",
        "doctor --auth-key",
        "connect claude --auth-key",
        "sync -t b.csv -s gpt-load:http://127.0.0.1:1 --source-key",
        "sync -s b.csv -t thebalance:http://127.0.0.1:1 --target-key",
      })
  @DisplayName("S29 a key that no header may have is named by where it stands, and not shown")
  void a_key_that_cannot_travel_is_named(String line) {
    for (var key : List.of("canary…key", "canary\rkey", "canary\nkey")) {
      assertThat(run(line + " " + key)).isEqualTo(Exit.WRONG_USAGE);
      assertThat(err.toString())
          .contains("-key has a character that no header may have; allowed: printable ASCII")
          .doesNotContain("canary");
    }
  }

  @Test
  @DisplayName("S29 a key of the environment that cannot travel is named by its variable")
  void a_key_of_the_environment_is_named() {
    environment.put("SYNC_SOURCE_KEY", "canary\rkey");
    environment.put("CLOUDFLARE_API_TOKEN", "canary…key");
    assertThat(run("sync -t b.csv -s gpt-load:http://127.0.0.1:1")).isEqualTo(Exit.WRONG_USAGE);
    assertThat(err.toString()).startsWith("SYNC_SOURCE_KEY has a character");
    environment.remove("SYNC_SOURCE_KEY");
    assertThat(run("sync -t b.csv -s d1:acc/db")).isEqualTo(Exit.WRONG_USAGE);
    assertThat(err.toString())
        .contains("CLOUDFLARE_API_TOKEN has a character")
        .doesNotContain("canary");
  }

  @Test
  void blanks_around_a_key_are_no_part_of_it() {
    assertThat(run("usage --url http://127.0.0.1:1 --auth-key a-key\r\n")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("nothing answers at http://127.0.0.1:1");
  }

  /// Runs a line of words; serving ends with 42.
  private int run(String line) {
    var shell =
        new Shell(
            directory,
            environment,
            new PrintWriter(out),
            new PrintWriter(err),
            new SecureRandom(),
            new Vet(_ -> {}, _ -> {}, PostgresUrl::check));
    Serving serving =
        (_, loaded) -> {
          served.add(loaded);
          return 42;
        };
    Serving rehearsal =
        (_, loaded) -> {
          rehearsed.add(loaded.settings());
          return 43;
        };
    var words = line.isEmpty() ? new String[0] : line.split(" ", -1);
    return new Serve(shell, serving)
        .unparsed(words)
        .orElseGet(() -> {
          parsed.add(line);
          return new Verbs(shell, "1.2.3", Pretence.powers(serving, rehearsal)).run(words);
        });
  }

  /// What was printed since it was last taken.
  private String taken() {
    var text = out.toString();
    out.getBuffer().setLength(0);
    return text;
  }
}
