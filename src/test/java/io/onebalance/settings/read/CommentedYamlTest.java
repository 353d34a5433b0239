package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.settings.Loaded;
import io.onebalance.settings.Source;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommentedYamlTest {
  @TempDir private Path directory;

  @Test
  void as_it_is_it_sets_nothing() throws Exception {
    assertThat(read(CommentedYaml.text()).values())
        .allSatisfy(held -> assertThat(held.source()).isEqualTo(new Source.Default()));
  }

  @Test
  void with_every_setting_switched_on_it_says_the_defaults() throws Exception {
    var on = read(CommentedYaml.text().replaceAll("(?m)^( *)#(?! \\S)", "$1"));
    var off = read("");
    assertThat(on.changedSince(off))
        .containsExactly("limits.default", "limits.keys", "providers", "prices", "models");
    var set = on.values().stream().filter(held -> held.source() instanceof Source.Yaml).count();
    var defaults = Table.ALL.stream().filter(setting -> !setting.fallback().isEmpty()).count();
    assertThat(set).isEqualTo(defaults + 5);
  }

  @Test
  void it_names_every_setting_its_variable_and_its_meaning() {
    var text = CommentedYaml.text();
    for (var setting : Table.ALL) {
      assertThat(text).contains("# " + setting.meaning()).contains(setting.env());
      assertThat(text).contains("#" + setting.name().replaceFirst(".*\\.", "") + ":");
    }
  }

  private Loaded read(String yaml) throws Exception {
    Files.writeString(directory.resolve("one-balance.yaml"), yaml);
    return new SettingsReader(new Whereabouts(directory, Map.of(), Optional.empty()), Vet.NOTHING)
        .read();
  }
}
