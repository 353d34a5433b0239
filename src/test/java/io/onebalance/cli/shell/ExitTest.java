package io.onebalance.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.settings.Vet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExitTest {
  private final StringWriter err = new StringWriter();

  private int end(Exit.Work work) {
    var printed = new PrintWriter(err);
    var shell = new Shell(Path.of(""), Map.of(), printed, printed, new SecureRandom(), Vet.NOTHING);
    return Exit.of(shell, "usage", work);
  }

  @Test
  void wrong_usage_is_told_and_ends_with_2() {
    var code =
        end(() -> {
          throw new WrongUsage("--url is no address");
        });
    assertThat(code).isEqualTo(Exit.WRONG_USAGE);
    assertThat(err.toString()).isEqualTo("--url is no address\n");
  }

  @Test
  @DisplayName("S29 what nobody expected is told by its place, without its words")
  void a_fault_of_ours_is_told_without_its_words() {
    var code =
        end(() -> {
          throw new IllegalStateException("canary", new IllegalArgumentException("Bearer canary"));
        });
    assertThat(code).isEqualTo(Exit.FAILED);
    assertThat(err.toString())
        .startsWith("usage failed: java.lang.IllegalStateException\n")
        .contains("ExitTest", "caused by java.lang.IllegalArgumentException")
        .doesNotContain("canary");
  }
}
