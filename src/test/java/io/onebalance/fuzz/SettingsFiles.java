package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.price.Prices;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Cidr;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.read.SettingsReader;
import io.onebalance.upkeep.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What an operator writes. Up to a line `---- yaml` it is a `.env`, behind it a YAML file.
///
/// Settings are read whole or refused with where and what; what passes can be worked with: the
/// schedule has times, a provider an address.
final class SettingsFiles implements Target {
  private static final String MARK = "---- yaml";
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private final Path directory;

  SettingsFiles() {
    directory = madeDirectory();
  }

  @Override
  public void attack(byte[] input) throws IOException {
    var parts = new Input(input);
    var env = new StringBuilder();
    var line = parts.line();
    for (; !line.equals(MARK) && parts.rest().length > 0; line = parts.line()) {
      env.append(line).append('\n');
      checkWords(line);
    }
    Files.writeString(directory.resolve(".env"), env);
    Files.write(directory.resolve("one-balance.yaml"), parts.rest());
    read();
  }

  private void read() {
    var place = new Whereabouts(directory, Map.of(), Optional.empty());
    try {
      var settings =
          new SettingsReader(
                  place, new Vet(Catalogue.builtIn()::with, Prices.builtIn()::with, _ -> {}))
              .read()
              .settings();
      var schedule = Schedule.of(settings.cleanup().schedule());
      assertThat(schedule.falls(NOW, NOW)).isFalse();
    } catch (BadSettings bad) {
      assertThat(bad.problems())
          .isNotEmpty()
          .allSatisfy(problem -> {
            assertThat(problem.where()).isNotBlank();
            assertThat(problem.what()).isNotBlank();
          });
    }
  }

  /// Small words that settings are made of.
  private static void checkWords(String line) {
    try {
      var range = Cidr.of(line);
      assertThat(range.contains(range.network().getHostAddress())).isTrue();
      assertThat(Cidr.of(range.toString())).isEqualTo(range);
    } catch (IllegalArgumentException noRange) {
      assertThat(noRange).isNotNull();
    }
    try {
      var base = BaseUrl.parse(line);
      assertThat(BaseUrl.parse(base.url())).isEqualTo(base);
    } catch (IllegalArgumentException noUrl) {
      assertThat(noUrl.getMessage()).isNotBlank();
    }
  }

  private static Path madeDirectory() {
    try {
      var made = Files.createTempDirectory("one-balance-fuzz");
      made.toFile().deleteOnExit();
      return made;
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }
}
