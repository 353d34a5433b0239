package io.onebalance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// h2spec, the conformance tests of HTTP/2, as the Maven plugin of that name brings it.
final class H2Spec {
  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

  private final Path binary;

  private H2Spec(Path binary) {
    this.binary = binary;
  }

  /// What h2spec found: its exit status and its report.
  record Findings(int status, String report) {
    /// The names of the cases that did not hold.
    Set<String> failures() {
      return report
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("×"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .collect(Collectors.toSet());
    }
  }

  /// h2spec unpacked into this folder, where this machine can run it.
  static Optional<H2Spec> in(Path folder) {
    var archive = folder.resolve("h2spec.tar.gz");
    try (var packed = H2Spec.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        return Optional.empty();
      }
      Files.copy(packed, archive);
      var unpacked = run(List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()));
      var spec = new H2Spec(folder.resolve("h2spec"));
      return unpacked.status() == 0 && spec.runs() ? Optional.of(spec) : Optional.empty();
    } catch (IOException noSuchProgram) {
      return Optional.empty();
    }
  }

  /// Runs all cases, the strict ones too, against a server on this machine.
  Findings strict(int port, String... more) {
    var command =
        Stream.concat(
                Stream.of(binary.toString(), "--strict", "-p", Integer.toString(port)),
                Stream.of(more))
            .toList();
    try {
      return run(command);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private boolean runs() {
    try {
      return run(List.of(binary.toString(), "--version")).status() == 0;
    } catch (IOException another) {
      return false;
    }
  }

  private static Findings run(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var report =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      return new Findings(process.waitFor(), report);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
