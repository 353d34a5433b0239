package io.onebalance.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.FullDisk;
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
    return Exit.of(shell(new PrintWriter(err)), "usage", work);
  }

  private Shell shell(PrintWriter out) {
    return new Shell(
        Path.of(""), Map.of(), out, new PrintWriter(err), new SecureRandom(), Vet.NOTHING);
  }

  @Test
  void what_could_not_be_printed_was_not_done() {
    var shell = shell(FullDisk.writer());
    assertThat(Exit.of(shell, "usage", () -> printed(shell, Exit.DONE))).isEqualTo(Exit.FAILED);
    assertThat(err.toString())
        .isEqualTo("usage failed: standard output takes no more; it is full or closed\n");
    assertThat(Exit.of(shell, "usage", () -> printed(shell, Exit.WRONG_USAGE)))
        .isEqualTo(Exit.WRONG_USAGE);
  }

  @Test
  void a_server_has_served_though_its_greeting_was_lost() {
    var shell = shell(FullDisk.writer());
    assertThat(Exit.ofServing(shell, "serve", () -> printed(shell, Exit.DONE))).isZero();
    assertThat(err.toString()).isEmpty();
  }

  private static int printed(Shell shell, int code) {
    shell.out().println("words");
    return code;
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
