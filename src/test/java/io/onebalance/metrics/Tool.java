package io.onebalance.metrics;

import io.onebalance.Needed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program of Prometheus, where it is installed (Debian: prometheus).
final class Tool {
  private Tool() {}

  /// What a run of it came to.
  record Run(int code, String said) {}

  /// Runs it with this input. Where it is not installed the test is skipped, and says so.
  static Run run(String input, String... command) {
    try {
      var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      try (var to = process.outputWriter(StandardCharsets.UTF_8)) {
        to.write(input);
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), said);
    } catch (IOException missing) {
      throw Needed.absent(command[0] + " is not here: " + missing.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
