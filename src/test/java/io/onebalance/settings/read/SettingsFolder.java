package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Settings;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A folder that settings are read from, with an environment beside it. Of providers and prices,
/// what has a member `bad` is refused.
final class SettingsFolder {
  final Map<String, String> environment = new HashMap<>();
  Optional<String> config = Optional.empty();
  private final Path directory;

  SettingsFolder(Path directory) {
    this.directory = directory;
  }

  SettingsReader reader() {
    return new SettingsReader(
        new Whereabouts(directory, environment, config),
        new Vet(SettingsFolder::refuseBad, SettingsFolder::refuseBad, _ -> {}));
  }

  private static void refuseBad(Map<String, Object> entry) {
    if (entry.containsKey("bad")) {
      throw new IllegalArgumentException("bad is bad");
    }
  }

  Settings read() throws BadSettings {
    return reader().read().settings();
  }

  void assertProblems(String... problems) {
    assertThatThrownBy(this::read)
        .isInstanceOf(BadSettings.class)
        .hasMessage(String.join("\n", problems));
  }

  void yaml(String text) throws IOException {
    file("one-balance.yaml", text);
  }

  void file(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
