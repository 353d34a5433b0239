package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `top --once` against the whole program.
class TopVerbTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();

  @Test
  void what_a_server_does_is_shown() {
    try (var running = Running.in(dir).keys("groq", "gsk-one", "gsk-two")) {
      assertThat(run("--url", running.url(), "--auth-key", Running.AUTH)).isZero();
      assertThat(out.toString())
          .contains(running.url(), "PROVIDER")
          .containsPattern("groq +0 +0 +0 +0 +2 +0 +0 +0\n")
          .doesNotContain("\033");
      assertThat(run("--url", running.url(), "--auth-key", Running.RESTRICTED)).isEqualTo(1);
    }
  }

  private int run(String... words) {
    var shell =
        new Shell(
            dir.resolve("elsewhere"),
            Map.of(),
            new PrintWriter(out),
            new PrintWriter(out),
            new SecureRandom(),
            Vet.NOTHING);
    var line = new ArrayList<>(List.of("top", "--once"));
    line.addAll(List.of(words));
    return new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new));
  }
}
