package io.onebalance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Vet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `sync --watch`, with pauses that a test fills.
class SyncKeysTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Duration> pauses = new ArrayList<>();

  /// In each pause something happens to the source; after the third somebody stops it.
  private void pause(Duration time) throws InterruptedException {
    pauses.add(time);
    switch (pauses.size()) {
      case 1 -> write("provider,key\ngroq,gsk-1\ngroq,gsk-2\n");
      case 2 -> delete();
      default -> throw new InterruptedException("stopped");
    }
  }

  private void write(String csv) {
    try {
      Files.writeString(dir.resolve("keys.csv"), csv);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void delete() {
    try {
      Files.delete(dir.resolve("keys.csv"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Shell shell(PrintWriter told) {
    return new Shell(
        dir, Map.of(), told, new PrintWriter(err, true), new SecureRandom(), Vet.NOTHING);
  }

  /// Runs the verb from one file to another, with these words more.
  private int watch(Shell shell, String... more) throws BadSettings, IOException {
    var verb = new SyncKeys(shell, (_, _) -> Exit.FAILED, this::pause);
    var spec = CommandSpec.create();
    verb.describe(spec);
    var words = Stream.concat(Stream.of("-s", "keys.csv", "-t", "all.json"), Stream.of(more));
    var given = new CommandLine(spec).parseArgs(words.toArray(String[]::new));
    return verb.run(given, Optional.empty());
  }

  @Test
  void a_watch_that_cannot_tell_of_it_ends() throws Exception {
    write("provider,key\ngroq,gsk-1\n");
    var shell = shell(FullDisk.writer());
    var code = Exit.of(shell, "sync", () -> watch(shell, "--watch"));
    assertThat(pauses).isEmpty();
    assertThat(code).isEqualTo(Exit.FAILED);
  }

  @Test
  void a_watch_brings_what_comes_and_outlives_a_round_that_fails() throws Exception {
    write("provider,key\ngroq,gsk-1\n");
    var shell = shell(new PrintWriter(out, true));
    assertThat(watch(shell, "--watch", "7")).isEqualTo(Exit.FAILED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(pauses).containsOnly(Duration.ofSeconds(7)).hasSize(3);
    assertThat(out.toString().lines())
        .containsExactly(
            "+ groq …",
            "1 added, 0 changed, 0 same, 0 skipped, 0 failed",
            "+ groq …",
            "1 added, 0 changed, 1 same, 0 skipped, 0 failed");
    assertThat(err.toString()).contains("there is no file");
    assertThat(dir.resolve("all.json")).content().hasLineCount(2);
  }
}
