package io.onebalance.ledger.journal;

import io.onebalance.StartCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process of its own that writes to a journal with several threads, and can be killed while it
/// does. Each line it prints is the request id of an entry that it wrote.
final class Child implements AutoCloseable {
  private static final int THREADS = 4;

  private final Process process;
  private final BufferedReader lines;

  private Child(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child writing(Path dir, int first) {
    var command = new ArrayList<>(StartCache.java(List.of()));
    command.addAll(List.of(Child.class.getName(), dir.toString(), Integer.toString(first)));
    try {
      return new Child(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  /// The next whole lines, up to so many.
  List<String> read(int most) {
    var read = new ArrayList<String>();
    try {
      for (var line = ""; read.size() < most && line != null; ) {
        line = lines.readLine();
        if (line != null && line.endsWith(".")) {
          read.add(line);
        }
      }
    } catch (IOException cut) {
      return read;
    }
    return read;
  }

  /// As `kill -9` does. What it has printed can still be read.
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  static void main(String[] arguments) throws IOException {
    var journal = Journal.open(Path.of(arguments[0]), 0, new Journal.Bounds(256 << 10, 256L << 20));
    var first = Integer.parseInt(arguments[1]);
    for (var thread = 0; thread < THREADS; thread++) {
      var name = "-" + thread + ".";
      new Thread(() -> write(journal, first, name)).start();
    }
  }

  private static void write(Journal journal, int first, String name) {
    for (var i = first; ; i++) {
      journal.write(Entries.of(i + name));
      System.out.println(i + name);
    }
  }
}
