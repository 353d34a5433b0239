package io.onebalance.cli;

import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `rehearse`: starts and stops in a folder of its own, with no settings but those of the
/// rehearsal, so that the JVM may note what a start needs. The launcher types it, not people.
record Rehearse(Shell shell, Serving rehearsal) implements Verb {
  @Override
  public String name() {
    return "rehearse";
  }

  @Override
  public String summary() {
    return "Start and stop once, for the JVM to note what a start needs.";
  }

  @Override
  public boolean isHidden() {
    return true;
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var folder = Files.createTempDirectory("one-balance-rehearsal");
    try {
      var reader = shell.at(folder, settings(folder)).reader(Optional.empty());
      return rehearsal.serve(reader, reader.read());
    } finally {
      remove(folder);
    }
  }

  private Map<String, String> settings(Path folder) {
    var key = "rehearsal-" + Long.toHexString(shell.chance().nextLong());
    return Map.of("HOST", "127.0.0.1", "PORT", "0", "DATA_DIR", folder + "/data", "AUTH_KEY", key);
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (var found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : all) {
      Files.delete(path);
    }
  }
}
