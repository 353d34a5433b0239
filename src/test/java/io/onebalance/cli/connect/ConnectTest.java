package io.onebalance.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
  private static final String KEY = "a-key-that-is-long-enough";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void home() {
    environment.put("HOME", directory.resolve("home").toString());
    environment.put("AUTH_KEY", KEY);
  }

  @ParameterizedTest(name = "connect {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "claude | export ANTHROPIC_BASE_URL=http://127.0.0.1:8080/api/compat",
        "claude --model openai/gpt-5 | export ANTHROPIC_DEFAULT_HAIKU_MODEL=openai/gpt-5",
        "claude --url https://balance.example | =https://balance.example/api/compat",
        "codex | base_url = \"http://127.0.0.1:8080/v1\"",
        "codex --model fast | model = \"fast\"",
        "gemini | export GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:8080/api/compat",
        "gemini --model anthropic/claude-x | export GEMINI_MODEL=anthropic/claude-x",
      })
  void the_lines_to_set_are_shown_without_the_key(String line, String expected) {
    assertThat(run("connect " + line)).isZero();
    assertThat(out.toString()).contains(expected).doesNotContain(KEY);
    assertThat(directory.resolve("home")).doesNotExist();
  }

  @Test
  void the_address_is_that_of_the_settings() throws Exception {
    Files.writeString(directory.resolve("one-balance.yaml"), "host: '::'\nport: 7\n");
    assertThat(run("connect claude")).isZero();
    assertThat(out.toString()).contains("http://127.0.0.1:7/api/compat");
  }

  @Test
  void claude_code_keeps_its_other_settings() throws Exception {
    var file =
        there(
            ".claude/settings.json",
            """
            {"model": "opus", "env": {"FOO": "1", "ANTHROPIC_API_KEY": "sk-old"}, "hooks": [1]}
            """);
    assertThat(run("connect claude --write --model google-ai-studio/gemini-2.5-pro")).isZero();
    assertThat(out.toString()).contains("Wrote " + file);
    assertThat(Files.readString(file).replaceAll("\\s", ""))
        .isEqualTo(
            """
            {"model":"opus","env":{"FOO":"1","ANTHROPIC_BASE_URL":"http://127.0.0.1:8080/api/compat",\
            "ANTHROPIC_AUTH_TOKEN":"%s","ANTHROPIC_MODEL":"google-ai-studio/gemini-2.5-pro",\
            "ANTHROPIC_DEFAULT_OPUS_MODEL":"google-ai-studio/gemini-2.5-pro",\
            "ANTHROPIC_DEFAULT_SONNET_MODEL":"google-ai-studio/gemini-2.5-pro",\
            "ANTHROPIC_DEFAULT_HAIKU_MODEL":"google-ai-studio/gemini-2.5-pro"},"hooks":[1]}\
            """
                .formatted(KEY));
  }

  @Test
  void codex_keeps_its_comments_and_other_tables_and_gets_no_key() throws Exception {
    var file =
        there(
            ".codex/config.toml",
            """
            # mine
            model = "gpt-5"
            notify = [
              ["a", "b"],
            ]
            instructions = \"""
            model = "not this one"
            [nor.this]
            \"""

            [model_providers.one-balance] # old
            name = "old"

            [projects."/home/me"]
            model = "kept"
            """);
    assertThat(run("connect codex --write --model openai/gpt-5")).isZero();
    assertThat(out.toString()).contains("export AUTH_KEY=").doesNotContain(KEY);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # mine
            notify = [
              ["a", "b"],
            ]
            instructions = \"""
            model = "not this one"
            [nor.this]
            \"""
            model = "openai/gpt-5"
            model_provider = "one-balance"

            [projects."/home/me"]
            model = "kept"

            [model_providers.one-balance]
            name = "One Balance"
            base_url = "http://127.0.0.1:8080/v1"
            env_key = "AUTH_KEY"
            wire_api = "responses"
            """);
  }

  @Test
  void gemini_cli_keeps_its_settings_and_variables() throws Exception {
    var settings = there(".gemini/settings.json", "{\"security\":{\"x\":1}}");
    var dotEnv = there(".gemini/.env", "# mine\nFOO=1\nexport GEMINI_API_KEY=AIza-old\n");
    assertThat(run("connect gemini --write")).isZero();
    assertThat(Files.readString(settings).replaceAll("\\s", ""))
        .isEqualTo("{\"security\":{\"x\":1,\"auth\":{\"selectedType\":\"gemini-api-key\"}}}");
    assertThat(Files.readString(dotEnv))
        .isEqualTo(
            "# mine\n"
                + "FOO=1\n"
                + "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:8080/api/compat\n"
                + "GEMINI_API_KEY="
                + KEY
                + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex", "gemini"})
  void writing_twice_changes_nothing_more(String client) throws Exception {
    assertThat(run("connect " + client + " --write --model a/b")).isZero();
    var once = texts();
    assertThat(run("connect " + client + " --write --model a/b")).isZero();
    assertThat(texts()).isNotEmpty().isEqualTo(once);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void files_with_the_key_are_for_their_owner_only() throws Exception {
    assertThat(run("connect claude --write")).isZero();
    var modes = Files.getPosixFilePermissions(file(".claude/settings.json"));
    assertThat(PosixFilePermissions.toString(modes)).isEqualTo("rw-------");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_link_stays_one() throws Exception {
    var real = Files.writeString(directory.resolve("dotfile.json"), "{}");
    Files.createDirectories(file(".claude"));
    Files.createSymbolicLink(file(".claude/settings.json"), real);
    assertThat(run("connect claude --write")).isZero();
    assertThat(file(".claude/settings.json")).isSymbolicLink();
    assertThat(real).content().contains("ANTHROPIC_BASE_URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{ // mine\n}", "{\"security\": 1}"})
  void a_file_that_cannot_be_changed_is_left_as_it_is(String text) throws Exception {
    var settings = there(".gemini/settings.json", text);
    assertThat(run("connect gemini --write")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains(settings + " is no plain JSON object; nothing was written");
    assertThat(settings).hasContent(text);
    assertThat(file(".gemini/.env")).doesNotExist();
  }

  @Test
  void clients_keep_their_files_where_their_variables_say() {
    environment.put("CODEX_HOME", directory.resolve("elsewhere").toString());
    assertThat(run("connect codex --write")).isZero();
    assertThat(directory.resolve("elsewhere/config.toml")).exists();
  }

  @Test
  void of_several_gateway_keys_the_first_is_given_without_its_rights() throws Exception {
    environment.put("AUTH_KEY", KEY + "(4102444800)=openai,gpt-5;another-key-of-good-length");
    assertThat(run("connect gemini --write")).isZero();
    assertThat(file(".gemini/.env")).content().endsWith("GEMINI_API_KEY=" + KEY + "\n");
  }

  @Test
  void a_key_that_has_expired_is_not_given() throws Exception {
    environment.put(
        "AUTH_KEY", "an-old-key-of-good-length(1799999999);" + KEY + "(1800000000)=groq");
    assertThat(run("connect gemini --write")).isZero();
    assertThat(file(".gemini/.env")).content().endsWith("GEMINI_API_KEY=" + KEY + "\n");
  }

  @Test
  void another_server_is_shown_its_own_key() throws Exception {
    var line = "connect gemini --write --url https://other.example/ --auth-key of-the-other";
    assertThat(run(line)).isZero();
    assertThat(file(".gemini/.env"))
        .content()
        .contains("https://other.example/api/compat", "GEMINI_API_KEY=of-the-other\n")
        .doesNotContain(KEY);
  }

  @Test
  void what_cannot_be_done_is_said() {
    assertThat(run("connect emacs")).isEqualTo(Exit.WRONG_USAGE);
    assertThat(err.toString()).contains("'emacs' cannot be led here; known: claude|codex|gemini");
    assertThat(run("connect")).isEqualTo(Exit.WRONG_USAGE);
    environment.remove("HOME");
    assertThat(run("connect claude --write")).isEqualTo(Exit.FAILED);
    environment.remove("AUTH_KEY");
    assertThat(run("connect claude")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("HOME is not set").contains("no gateway key yet");
  }

  private Path file(String name) {
    return directory.resolve("home").resolve(name);
  }

  private Path there(String name, String text) throws IOException {
    Files.createDirectories(file(name).getParent());
    return Files.writeString(file(name), text);
  }

  private Map<Path, String> texts() throws IOException {
    var texts = new HashMap<Path, String>();
    try (var files = Files.walk(directory.resolve("home"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    return texts;
  }

  private int run(String line) {
    var shell =
        new Shell(
            directory,
            environment,
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(err),
            () -> Instant.ofEpochSecond(1_800_000_000),
            new SecureRandom(),
            Vet.NOTHING);
    return new Verbs(shell, "1.2.3", Pretence.powers()).run(line.split(" ", -1));
  }
}
