package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Problem;
import io.onebalance.settings.Settings;
import io.onebalance.settings.Settings.Address;
import io.onebalance.settings.Settings.Gateway;
import io.onebalance.settings.Settings.Leg;
import io.onebalance.settings.Settings.Legs;
import io.onebalance.settings.Settings.Translator;
import io.onebalance.settings.Source;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String MILLIS_OF_AN_HOUR =
      "a whole number of milliseconds from 0 to 3600000";

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private Optional<String> config = Optional.empty();

  @Test
  void nothing_set_means_the_defaults_of_the_contract() throws Exception {
    var settings = read();
    var data = directory.resolve("data");
    assertThat(settings.authKey()).isEmpty();
    assertThat(settings.listener().address()).isEqualTo(new Address("127.0.0.1", 8080));
    assertThat(settings.listener().tls()).isEmpty();
    assertThat(settings.listener().cleartextHttp2()).isFalse();
    assertThat(settings.listener().corsOrigins()).isEmpty();
    assertThat(settings.listener().metricsOpen()).isFalse();
    assertThat(settings.listener().drain()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.storage())
        .isEqualTo(
            new Settings.Storage(
                data,
                "sqlite:" + data + "/one-balance.db",
                Optional.empty(),
                data.resolve("master.key")));
    assertThat(settings.gateway()).isEmpty();
    assertThat(settings.cooldown().consecutive429Threshold()).isEqualTo(2);
    assertThat(settings.health().recoveryThreshold()).isEqualTo(5);
    assertThat(settings.attempts()).isEqualTo(new Settings.Attempts(OptionalInt.empty(), 3));
    assertThat(settings.body()).isEqualTo(new Settings.Body(32L << 20, 2L << 30));
    assertThat(settings.console()).isEqualTo(new Settings.Console(true, Optional.empty()));
    assertThat(settings.cleanup().schedule()).isEqualTo("0 0 * * *");
    assertThat(settings.cleanup().action()).isEqualTo(Settings.Action.DELETE);
    assertThat(settings.sandboxEnabled()).isTrue();
    assertThat(settings.hedge()).isEqualTo(new Settings.Hedge(List.of(), 2, Duration.ZERO));
    assertThat(settings.log())
        .isEqualTo(new Settings.Log(Settings.Format.TEXT, Settings.Level.INFO, false));
    assertThat(settings.retention())
        .isEqualTo(new Settings.Retention(Duration.ofDays(30), 2L << 30));
  }

  @Test
  void limits_are_read_and_a_key_has_the_defaults_where_it_says_nothing() throws Exception {
    environment.put("AUTH_KEY", "one;two");
    yaml(
        """
        limits:
          zone: Europe/Berlin
          default: {requests-per-minute: 60, usd-per-day: 0.50}
          keys:
            key-2: {requests-per-minute: none, tokens-per-month: 0}
        """);
    var limits = read().limits();
    assertThat(limits.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    var one = limits.of("key-1", "of no use");
    assertThat(one.of(Limit.REQUESTS_PER_MINUTE)).isEqualTo(60);
    assertThat(one.of(Limit.MONEY_PER_DAY)).isEqualTo(500_000);
    assertThat(one.of(Limit.TOKENS_PER_MONTH)).isEqualTo(KeyLimits.ANY);
    var two = limits.of("key-2", "of no use");
    assertThat(two.of(Limit.REQUESTS_PER_MINUTE)).isEqualTo(KeyLimits.ANY);
    assertThat(two.of(Limit.MONEY_PER_DAY)).isEqualTo(500_000);
    assertThat(two.of(Limit.TOKENS_PER_MONTH)).isZero();
  }

  @Test
  void an_attempt_may_take_longer_when_it_is_not_streamed() throws Exception {
    var timeout = read().timeout();
    assertThat(timeout.overall()).isEqualTo(Duration.ofMinutes(10));
    assertThat(timeout.attemptStreamed()).isEqualTo(Duration.ofMinutes(2));
    assertThat(timeout.attemptUnary()).isEqualTo(Duration.ofMinutes(10));
    assertThat(timeout.streamIdle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(timeout.connect()).isEqualTo(Duration.ofSeconds(5));
    assertThat(timeout.maxWait()).isEqualTo(Duration.ofSeconds(10));
    environment.put("TARGET_TIMEOUT_MS", "10000");
    assertThat(read().timeout().attemptStreamed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read().timeout().attemptUnary()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void the_environment_beats_dot_env_and_dot_env_beats_yaml() throws Exception {
    yaml("port: 1\n");
    assertThat(read().listener().address().port()).isEqualTo(1);
    file(".env", "PORT=2\n");
    assertThat(read().listener().address().port()).isEqualTo(2);
    environment.put("PORT", "3");
    assertThat(read().listener().address().port()).isEqualTo(3);
    environment.put("PORT", "  ");
    assertThat(read().listener().address().port()).isEqualTo(2);
  }

  @Test
  void every_value_knows_where_it_came_from() throws Exception {
    yaml("# first\nhost: 0.0.0.0\ntimeout:\n  wait-ms: 5\n");
    file(".env", "\nexport REPLAY_BYTES=1MiB\n");
    environment.put("PORT", "9");
    var sources = new HashMap<String, String>();
    reader().read().values().forEach(held -> sources.put(held.name(), held.source().where()));
    assertThat(sources)
        .containsEntry("host", "one-balance.yaml:2")
        .containsEntry("timeout.wait-ms", "one-balance.yaml:4")
        .containsEntry("body.replay-bytes", ".env:2")
        .containsEntry("port", "environment")
        .containsEntry("drain-ms", "default")
        .hasSize(Table.ALL.size());
  }

  @Test
  void yaml_groups_are_read() throws Exception {
    yaml(
        """
        gateway: {account: acc, name: gw, translate: gateway}
        trusted-proxies: [10.0.0.0/8, "::1"]
        cors:
          origins: [https://app.example, "*"]
        console: {listen: "127.0.0.1:9000", enabled: false}
        tls: {cert: cert.pem, key: /etc/key.pem}
        body: {replay-bytes: 64KiB, max-bytes: 1 GiB}
        attempts: {max: 4}
        """);
    environment.put("AI_GATEWAY_TOKEN", "token");
    var settings = read();
    assertThat(settings.gateway())
        .contains(
            new Gateway(
                "https://gateway.ai.cloudflare.com/v1/acc/gw",
                Optional.of(new Secret("token")),
                Translator.GATEWAY));
    assertThat(settings.listener().trustedProxies()).hasSize(2);
    assertThat(settings.listener().corsOrigins()).containsExactly("https://app.example", "*");
    assertThat(settings.console())
        .isEqualTo(new Settings.Console(false, Optional.of(new Address("127.0.0.1", 9000))));
    assertThat(settings.listener().tls())
        .contains(new Settings.Tls(directory.resolve("cert.pem"), Path.of("/etc/key.pem")));
    assertThat(settings.body()).isEqualTo(new Settings.Body(64L << 10, 1L << 30));
    assertThat(settings.attempts().max()).hasValue(4);
  }

  @Test
  void virtual_models_lead_to_legs() throws Exception {
    yaml(
        """
        models:
          fast: [google-ai-studio/gemini-2.5-flash, openai/gpt-4o-mini]
          claude-*haiku*: openrouter/meta-llama/llama-3
          shared: {openai/gpt-4o: 3, groq/llama: 1}
        """);
    assertThat(read().models())
        .containsEntry(
            "fast",
            new Legs(
                List.of(
                    new Leg("google-ai-studio", "gemini-2.5-flash", 1),
                    new Leg("openai", "gpt-4o-mini", 1)),
                false))
        .containsEntry(
            "claude-*haiku*",
            new Legs(List.of(new Leg("openrouter", "meta-llama/llama-3", 1)), false))
        .containsEntry(
            "shared",
            new Legs(List.of(new Leg("openai", "gpt-4o", 3), new Leg("groq", "llama", 1)), true));
  }

  @Test
  void providers_are_handed_on_as_written_once_they_are_vetted() throws Exception {
    yaml("providers:\n  mine:\n    base-url: https://x\n    models: [a, b]\n");
    assertThat(read().providers())
        .containsEntry("mine", Map.of("base-url", "https://x", "models", List.of("a", "b")));
    yaml("providers:\n  a: {}\n  bad: {}\n");
    assertProblems("one-balance.yaml:3: bad is bad");
    yaml("prices:\n  a: free\n  bad: free\n");
    assertProblems("one-balance.yaml:3: bad is bad");
    yaml("providers:\n  a: 7\n");
    assertProblems("one-balance.yaml:2: providers.a is '7'; allowed: a map");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "timeout: {wait-ms: soon} | timeout.wait-ms is 'soon'; allowed: " + MILLIS_OF_AN_HOUR,
        "timeout: {wait-ms: -1} | timeout.wait-ms is '-1'; allowed: " + MILLIS_OF_AN_HOUR,
        "timeout: {wait-ms: 3600001} | timeout.wait-ms is '3600001'; allowed: " + MILLIS_OF_AN_HOUR,
        "timeout: {wait-ms: [1, 2]} | timeout.wait-ms is [1, 2]; allowed: " + MILLIS_OF_AN_HOUR,
        "timeout: {wait-ms: {a: 2}} | timeout.wait-ms is a map; allowed: " + MILLIS_OF_AN_HOUR,
        "port: 65536 | port is '65536'; allowed: a whole number from 0 to 65535",
        "prot: 1 | 'prot' is not a setting; did you mean 'port'?",
        "timeout: {wait: 1} | 'timeout.wait' is not a setting; did you mean 'timeout.wait-ms'?",
        "zzzzzzzzzzz: 1 | 'zzzzzzzzzzz' is not a setting",
        "limits: 7 | limits is a group; allowed in it: limits.zone, limits.default, limits.keys",
        "limits: {zone: Mars} | limits.zone is 'Mars'; allowed: a time zone such as UTC or"
            + " Europe/Berlin",
        "limits: {default: {rpm: 3}} | 'limits.default.rpm' is no limit; allowed:"
            + " requests-per-minute, tokens-per-minute, concurrent, usd-per-day, tokens-per-day,"
            + " usd-per-month, tokens-per-month",
        "limits: {default: {concurrent: 0}} | limits.default.concurrent is '0'; allowed: a whole"
            + " number from 1 to 1000000, or none",
        "limits: {keys: {key-1: {usd-per-day: -1}}} | limits.keys.key-1.usd-per-day is '-1';"
            + " allowed: dollars such as 5 or 0.50, up to 10000, or none",
        "limits: {keys: {key-1: 7}} | limits.keys.key-1 is '7'; allowed: a map of limits",
        "limits: {keys: {key-2: {}}} | limits.keys names 'key-2', which is no key of AUTH_KEY;"
            + " allowed: key-1 to key-1, or a key's id",
        "cache: {size: 1} | 'cache.size' is not a setting",
        "body: 7 | body is a group; allowed in it: body.replay-bytes, body.max-bytes",
        "metrics: {open: yes} | metrics.open is 'yes'; allowed: true or false",
        "log: {level: loud} | log.level is 'loud'; allowed: error or warn or info or debug or"
            + " trace",
        "console: {listen: 9000} | console.listen is '9000'; allowed: host:port",
        "cleanup: {schedule: daily} | cleanup.schedule is 'daily'; allowed: five cron fields, such"
            + " as 0 0 * * *",
        "cleanup: {schedule: 60 0 * * *} | cleanup.schedule is '60 0 * * *'; allowed: five cron"
            + " fields, such as 0 0 * * *",
        "trusted-proxies: 10.0.0.0/33 | trusted-proxies is '10.0.0.0/33'; allowed: a list of: an"
            + " address, or a range such as 10.0.0.0/8",
        "cors: {origins: app.example} | cors.origins is 'app.example'; allowed: a list of: an"
            + " origin such as https://app.example, or *",
        "gateway: {url: ftp://x} | gateway.url is 'ftp://x'; allowed: a URL such as"
            + " https://gateway.example/v1",
        "gateway: {name: gw} | gateway.name needs gateway.account (CLOUDFLARE_ACCOUNT_ID) or"
            + " gateway.url (AI_GATEWAY_URL) too",
        "gateway: {token: t} | gateway.token is set, but no gateway is: AI_GATEWAY, AI_GATEWAY_URL",
        "tls: {cert: c.pem} | tls.cert is set alone; a certificate and its key are needed: tls.cert"
            + " and tls.key",
        "body: {replay-bytes: 2MiB, max-bytes: 1MiB} | body.replay-bytes is larger than"
            + " body.max-bytes; allowed: up to 1048576",
        "body: {max-bytes: 5MB} | body.max-bytes is '5MB'; allowed: bytes, or a number of KiB, MiB"
            + " or GiB, from 1 to 1TiB",
        "models: {fast: gpt-4o} | models.fast is 'gpt-4o'; allowed: provider/model, a list of them,"
            + " or a map of them to weights from 1 to 100",
        "models: {fast: []} | models.fast is []; allowed: provider/model, a list of them, or a map"
            + " of them to weights from 1 to 100",
        "models: {fast: {a/b: 0}} | models.fast is a map; allowed: provider/model, a list of them,"
            + " or a map of them to weights from 1 to 100",
        "master-key: c2hvcnQ= | master-key is not usable; allowed: 32 bytes in base64",
        "database: mysql://u:secret@h/db | database is not usable; allowed: sqlite:FILE"
            + " or postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "auth-key: dGhlIGtleQ== | definition 1 of AUTH_KEY (…) has a second '='; a key may not hold"
            + " one",
        "port: [ | this is not YAML: expected the node content, but found '<stream end>'",
        "just a text | the file must hold settings as 'name: value'",
      })
  void every_mistake_is_named_with_its_line_and_what_is_allowed(String line, String problem)
      throws Exception {
    yaml("# a comment\n" + line);
    assertProblems("one-balance.yaml:2: " + problem);
  }

  @Test
  void all_problems_are_told_at_once() throws Exception {
    yaml("port: x\nhots: y\n");
    file(".env", "MAX_WAIT_MS=soon\nAUTH_KEYS=k\n");
    environment.put("REPLAY_BYTES", "much");
    assertThatThrownBy(this::read)
        .isInstanceOf(BadSettings.class)
        .extracting(bad -> ((BadSettings) bad).problems().stream().map(Problem::toString).toList())
        .isEqualTo(
            List.of(
                ".env:2: 'AUTH_KEYS' is not a setting; did you mean 'AUTH_KEY'?",
                "one-balance.yaml:2: 'hots' is not a setting; did you mean 'host'?",
                "one-balance.yaml:1: port is 'x'; allowed: a whole number from 0 to 65535",
                ".env:1: MAX_WAIT_MS is 'soon'; allowed: " + MILLIS_OF_AN_HOUR,
                "environment: REPLAY_BYTES is 'much'; allowed: bytes, or a number of KiB, MiB or"
                    + " GiB, from 0 to 1GiB"));
  }

  @Test
  void a_file_that_was_named_must_be_there() throws Exception {
    config = Optional.of("other.yaml");
    assertProblems(directory.resolve("other.yaml") + ": the file cannot be read");
    file("other.yaml", "port: 7\n");
    assertThat(read().listener().address().port()).isEqualTo(7);
  }

  @Test
  void the_yaml_file_may_be_named_by_the_environment_and_by_dot_env() throws Exception {
    file("a.yaml", "port: 7\n");
    file("b.yaml", "port: 8\n");
    file(".env", "ONE_BALANCE_CONFIG=a.yaml\n");
    assertThat(read().listener().address().port()).isEqualTo(7);
    environment.put("ONE_BALANCE_CONFIG", "b.yaml");
    assertThat(read().listener().address().port()).isEqualTo(8);
  }

  @Test
  @DisplayName("S3 no message and no value shown holds a secret")
  void no_message_and_no_value_holds_a_secret() throws Exception {
    environment.put("AUTH_KEY", "canary-canary-canary-1=a=b");
    environment.put("MASTER_KEY", "canary-2");
    environment.put("DATABASE_URL", "postgres://user:canary-3@host/db");
    assertThatThrownBy(this::read).hasMessageNotContaining("canary-");
    environment.put("AUTH_KEY", "canary-canary-canary-1");
    environment.remove("MASTER_KEY");
    environment.remove("DATABASE_URL");
    yaml("providers: {mine: {headers: {x-token: canary-canary-2}}}");
    var loaded = reader().read();
    assertThat(loaded.toString()).doesNotContain("canary-canary");
    assertThat(loaded.settings().toString()).doesNotContain("canary-canary");
  }

  @Test
  @DisplayName("S5 without AUTH_KEY the kept key counts")
  void without_auth_key_the_kept_key_counts() throws Exception {
    Files.createDirectory(directory.resolve("data"));
    file("data/auth-key", "kept-key-of-the-gateway\n");
    var loaded = reader().read();
    assertThat(loaded.settings().authKey()).contains(new Secret("kept-key-of-the-gateway"));
    assertThat(loaded.values().getFirst().source()).isInstanceOf(Source.Kept.class);
    environment.put("AUTH_KEY", "mine-and-not-the-kept-one");
    assertThat(read().authKey()).contains(new Secret("mine-and-not-the-kept-one"));
  }

  @Test
  void short_gateway_keys_bring_a_warning() throws Exception {
    environment.put("AUTH_KEY", "short");
    assertThat(reader().read().warnings())
        .containsExactly("AUTH_KEY: key 1 is shorter than 20 characters and may be guessed");
  }

  @Test
  void the_seeds_variables_are_understood() throws Exception {
    file(
        ".env",
        """
        AUTH_KEY=a-key-that-is-long-enough
        AI_GATEWAY=gw
        CLOUDFLARE_ACCOUNT_ID=acc
        AI_GATEWAY_TOKEN=t
        CONSECUTIVE_429_THRESHOLD=3
        RECOVERY_THRESHOLD=7
        OVERALL_TIMEOUT_MS=80000
        TARGET_TIMEOUT_MS=10000
        IS_LOCAL=false
        RUST_LOG=warn
        """);
    var settings = read();
    assertThat(settings.gateway()).isPresent();
    assertThat(settings.cooldown().consecutive429Threshold()).isEqualTo(3);
    assertThat(settings.health().recoveryThreshold()).isEqualTo(7);
    assertThat(settings.timeout().overall()).isEqualTo(Duration.ofSeconds(80));
  }

  private SettingsReader reader() {
    return new SettingsReader(
        new Whereabouts(directory, environment, config),
        new Vet(SettingsReaderTest::refuseBad, SettingsReaderTest::refuseBad, _ -> {}));
  }

  private static void refuseBad(Map<String, Object> entry) {
    if (entry.containsKey("bad")) {
      throw new IllegalArgumentException("bad is bad");
    }
  }

  private Settings read() throws BadSettings {
    return reader().read().settings();
  }

  private void assertProblems(String... problems) {
    assertThatThrownBy(this::read)
        .isInstanceOf(BadSettings.class)
        .hasMessage(String.join("\n", problems));
  }

  private void yaml(String text) throws IOException {
    file("one-balance.yaml", text);
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
