package io.onebalance.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.read.SettingsReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnKeyTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @TempDir Path dir;

  @ParameterizedTest(name = "AUTH_KEY={0}")
  @CsvSource({
    "one, one, one",
    "one(1799999999);two, two, two",
    "one(1799999999);two(1800000000)=groq;three, three, two",
    "one=groq; two ( 1800000000 ) , two, one",
    "one(1799999999)=groq, '', ''",
    "one=groq, '', one",
  })
  @DisplayName("of several gateway keys the first is used that has not expired")
  void the_first_in_force(String keys, String unrestricted, String any) throws Exception {
    var where = new Whereabouts(dir, Map.of("AUTH_KEY", keys), Optional.empty());
    var settings = new SettingsReader(where, Vet.NOTHING).read().settings();
    assertThat(OwnKey.unrestricted(settings, NOW).map(Secret::reveal).orElse(""))
        .isEqualTo(unrestricted);
    assertThat(OwnKey.any(settings, NOW).map(Secret::reveal).orElse("")).isEqualTo(any);
  }
}
