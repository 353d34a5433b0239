package io.onebalance.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.settings.read.CommentedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
  @Test
  void the_page_shows_the_file_that_init_writes() throws IOException {
    assertThat(Files.readString(Path.of("docs/settings.md")))
        .as("paste what `./one-balance init` writes into docs/settings.md")
        .contains("```yaml\n" + CommentedYaml.text() + "```");
  }
}
