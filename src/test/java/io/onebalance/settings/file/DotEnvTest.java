package io.onebalance.settings.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DotEnvTest {
  @Test
  void every_form_of_a_line_is_understood() throws Exception {
    var values =
        DotEnv.read(
            """
            # a comment
            PLAIN=value

            export EXPORTED=value
              SPACED = value with spaces
            COMMENTED=value # not this
            HASH=a#b
            SINGLE='as $it is \\n # really' # comment
            DOUBLE="a \\"quoted\\" \\\\ line\\nand more \\d"
            EMPTY=
            EQUALS=k=provider,model
            PLAIN=again
            """);
    assertThat(values)
        .isEqualTo(
            Map.of(
                "PLAIN", new Tree.Leaf("again", 12),
                "EXPORTED", new Tree.Leaf("value", 4),
                "SPACED", new Tree.Leaf("value with spaces", 5),
                "COMMENTED", new Tree.Leaf("value", 6),
                "HASH", new Tree.Leaf("a#b", 7),
                "SINGLE", new Tree.Leaf("as $it is \\n # really", 8),
                "DOUBLE", new Tree.Leaf("a \"quoted\" \\ line\nand more \\d", 9),
                "EMPTY", new Tree.Leaf("", 10),
                "EQUALS", new Tree.Leaf("k=provider,model", 11)));
  }

  @Test
  void a_wrong_line_is_named_and_not_echoed() {
    for (var wrong : new String[] {"secret", "1A=x", "=x", "A='x", "A=\"x\\\"", "A='x' y"}) {
      assertThatThrownBy(() -> DotEnv.read("OK=1\n" + wrong))
          .isInstanceOf(FileTrouble.class)
          .hasMessageNotContaining("secret")
          .extracting(trouble -> ((FileTrouble) trouble).line())
          .isEqualTo(2);
    }
  }
}
