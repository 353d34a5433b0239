package io.onebalance.settings.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  @Test
  void values_keep_their_text_and_the_line_of_their_name() throws Exception {
    var top = YamlFile.read("port: 0x10\nnone: ~\nlist:\n  - yes\nmap:\n  a: '1'\n");
    assertThat(top.entries())
        .isEqualTo(
            Map.of(
                "port", new Tree.Leaf("0x10", 1),
                "none", new Tree.Leaf("", 2),
                "list", new Tree.Row(List.of(new Tree.Leaf("yes", 4)), 3),
                "map", new Tree.Branch(Map.of("a", new Tree.Leaf("1", 6)), 5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "~"})
  void an_empty_document_is_an_empty_map(String text) throws Exception {
    assertThat(YamlFile.read(text).entries()).isEmpty();
  }

  @Test
  void a_name_set_twice_is_refused() {
    assertThatThrownBy(() -> YamlFile.read("a: 1\nb: 2\na: 3\n"))
        .hasMessage("'a' is set twice")
        .extracting(trouble -> ((FileTrouble) trouble).line())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x [*x]", // holds itself
        "a: {? [b] : c}",
        "- a",
        "a: b: c",
        "--- a\n--- b",
      })
  void what_settings_cannot_be_is_refused(String text) {
    assertThatThrownBy(() -> YamlFile.read(text)).isInstanceOf(FileTrouble.class);
  }

  @Test
  void aliases_cannot_grow_without_end() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (var i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    assertThatThrownBy(() -> YamlFile.read(bomb.toString())).isInstanceOf(FileTrouble.class);
    var wide = "a: &a [" + "x, ".repeat(1000) + "]\nb: [" + "*a, ".repeat(30) + "]\n";
    assertThatThrownBy(() -> YamlFile.read(wide))
        .hasMessage("this is nested too deeply, or grows without end");
  }

  @Test
  void depth_and_size_are_bounded() {
    assertThatThrownBy(() -> YamlFile.read("a: " + "[".repeat(100_000)))
        .hasMessage("there are more than 1000 brackets");
    assertThatThrownBy(() -> YamlFile.read("a: " + "x".repeat(1 << 18)))
        .hasMessage("the file is larger than 262144 characters");
  }
}
