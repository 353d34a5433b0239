package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of settings that are wrong, and what must not be.
class MistakesTest {
  private static final String MILLIS_OF_AN_HOUR =
      "a whole number of milliseconds from 0 to 3600000";

  @TempDir private Path directory;
  private SettingsFolder folder;

  @BeforeEach
  void open() {
    folder = new SettingsFolder(directory);
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
    folder.yaml("# a comment\n" + line);
    folder.assertProblems("one-balance.yaml:2: " + problem);
  }

  @Test
  void all_problems_are_told_at_once() throws Exception {
    folder.yaml("port: x\nhots: y\n");
    folder.file(".env", "MAX_WAIT_MS=soon\nAUTH_KEYS=k\n");
    folder.environment.put("REPLAY_BYTES", "much");
    assertThatThrownBy(folder::read)
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
  @DisplayName("S3 no message and no value shown holds a secret")
  void no_message_and_no_value_holds_a_secret() throws Exception {
    folder.environment.put("AUTH_KEY", "canary-canary-canary-1=a=b");
    folder.environment.put("MASTER_KEY", "canary-2");
    folder.environment.put("DATABASE_URL", "postgres://user:canary-3@host/db");
    assertThatThrownBy(folder::read).hasMessageNotContaining("canary-");
    folder.environment.put("AUTH_KEY", "canary-canary-canary-1");
    folder.environment.remove("MASTER_KEY");
    folder.environment.remove("DATABASE_URL");
    folder.yaml("providers: {mine: {headers: {x-token: canary-canary-2}}}");
    var loaded = folder.reader().read();
    assertThat(loaded.toString()).doesNotContain("canary-canary");
    assertThat(loaded.settings().toString()).doesNotContain("canary-canary");
  }

  @Test
  void short_gateway_keys_bring_a_warning() throws Exception {
    folder.environment.put("AUTH_KEY", "short");
    assertThat(folder.reader().read().warnings())
        .containsExactly("AUTH_KEY: key 1 is shorter than 20 characters and may be guessed");
  }
}
