package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.settings.Settings.Address;
import io.onebalance.settings.Settings.Gateway;
import io.onebalance.settings.Settings.Leg;
import io.onebalance.settings.Settings.Legs;
import io.onebalance.settings.Settings.Translator;
import io.onebalance.settings.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir private Path directory;
  private SettingsFolder folder;

  @BeforeEach
  void open() {
    folder = new SettingsFolder(directory);
  }

  @Test
  void nothing_set_means_the_defaults_of_the_contract() throws Exception {
    var settings = folder.read();
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
    folder.environment.put("AUTH_KEY", "one;two");
    folder.yaml(
        """
        limits:
          zone: Europe/Berlin
          default: {requests-per-minute: 60, usd-per-day: 0.50}
          keys:
            key-2: {requests-per-minute: none, tokens-per-month: 0}
        """);
    var limits = folder.read().limits();
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
    var timeout = folder.read().timeout();
    assertThat(timeout.overall()).isEqualTo(Duration.ofMinutes(10));
    assertThat(timeout.attemptStreamed()).isEqualTo(Duration.ofMinutes(2));
    assertThat(timeout.attemptUnary()).isEqualTo(Duration.ofMinutes(10));
    assertThat(timeout.streamIdle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(timeout.connect()).isEqualTo(Duration.ofSeconds(5));
    assertThat(timeout.maxWait()).isEqualTo(Duration.ofSeconds(10));
    folder.environment.put("TARGET_TIMEOUT_MS", "10000");
    assertThat(folder.read().timeout().attemptStreamed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(folder.read().timeout().attemptUnary()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void the_environment_beats_dot_env_and_dot_env_beats_yaml() throws Exception {
    folder.yaml("port: 1\n");
    assertThat(folder.read().listener().address().port()).isEqualTo(1);
    folder.file(".env", "PORT=2\n");
    assertThat(folder.read().listener().address().port()).isEqualTo(2);
    folder.environment.put("PORT", "3");
    assertThat(folder.read().listener().address().port()).isEqualTo(3);
    folder.environment.put("PORT", "  ");
    assertThat(folder.read().listener().address().port()).isEqualTo(2);
  }

  @Test
  void every_value_knows_where_it_came_from() throws Exception {
    folder.yaml("# first\nhost: 0.0.0.0\ntimeout:\n  wait-ms: 5\n");
    folder.file(".env", "\nexport REPLAY_BYTES=1MiB\n");
    folder.environment.put("PORT", "9");
    var sources = new HashMap<String, String>();
    folder
        .reader()
        .read()
        .values()
        .forEach(held -> sources.put(held.name(), held.source().where()));
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
    folder.yaml(
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
    folder.environment.put("AI_GATEWAY_TOKEN", "token");
    var settings = folder.read();
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
    folder.yaml(
        """
        models:
          fast: [google-ai-studio/gemini-2.5-flash, openai/gpt-4o-mini]
          claude-*haiku*: openrouter/meta-llama/llama-3
          shared: {openai/gpt-4o: 3, groq/llama: 1}
        """);
    assertThat(folder.read().models())
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
    folder.yaml("providers:\n  mine:\n    base-url: https://x\n    models: [a, b]\n");
    assertThat(folder.read().providers())
        .containsEntry("mine", Map.of("base-url", "https://x", "models", List.of("a", "b")));
    folder.yaml("providers:\n  a: {}\n  bad: {}\n");
    folder.assertProblems("one-balance.yaml:3: bad is bad");
    folder.yaml("prices:\n  a: free\n  bad: free\n");
    folder.assertProblems("one-balance.yaml:3: bad is bad");
    folder.yaml("providers:\n  a: 7\n");
    folder.assertProblems("one-balance.yaml:2: providers.a is '7'; allowed: a map");
  }

  @Test
  void a_file_that_was_named_must_be_there() throws Exception {
    folder.config = Optional.of("other.yaml");
    folder.assertProblems(directory.resolve("other.yaml") + ": the file cannot be read");
    folder.file("other.yaml", "port: 7\n");
    assertThat(folder.read().listener().address().port()).isEqualTo(7);
  }

  @Test
  void the_yaml_file_may_be_named_by_the_environment_and_by_dot_env() throws Exception {
    folder.file("a.yaml", "port: 7\n");
    folder.file("b.yaml", "port: 8\n");
    folder.file(".env", "ONE_BALANCE_CONFIG=a.yaml\n");
    assertThat(folder.read().listener().address().port()).isEqualTo(7);
    folder.environment.put("ONE_BALANCE_CONFIG", "b.yaml");
    assertThat(folder.read().listener().address().port()).isEqualTo(8);
  }

  @Test
  @DisplayName("S5 without AUTH_KEY the kept key counts")
  void without_auth_key_the_kept_key_counts() throws Exception {
    Files.createDirectory(directory.resolve("data"));
    folder.file("data/auth-key", "kept-key-of-the-gateway\n");
    var loaded = folder.reader().read();
    assertThat(loaded.settings().authKey()).contains(new Secret("kept-key-of-the-gateway"));
    assertThat(loaded.values().getFirst().source()).isInstanceOf(Source.Kept.class);
    folder.environment.put("AUTH_KEY", "mine-and-not-the-kept-one");
    assertThat(folder.read().authKey()).contains(new Secret("mine-and-not-the-kept-one"));
  }

  @Test
  void the_seeds_variables_are_understood() throws Exception {
    folder.file(
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
    var settings = folder.read();
    assertThat(settings.gateway()).isPresent();
    assertThat(settings.cooldown().consecutive429Threshold()).isEqualTo(3);
    assertThat(settings.health().recoveryThreshold()).isEqualTo(7);
    assertThat(settings.timeout().overall()).isEqualTo(Duration.ofSeconds(80));
  }
}
