package io.onebalance.store.history;

import io.onebalance.StartCache;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A process of its own that writes entries, numbered, and can be killed while it does. It prints
/// the number of every so-many-th one once the journal has it.
final class CountingChild implements AutoCloseable {
  static final int STEP = 100;

  private final Process process;
  private final BufferedReader lines;
  private long last;

  private CountingChild(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static CountingChild from(Store store, Path dir, long first) {
    var flags = new ArrayList<>(List.of("-Dlog.level=off", "-Dlog.libraries=off"));
    if (store == Store.POSTGRESQL) {
      flags.add(PostgresServer.flag());
    }
    var command = new ArrayList<>(StartCache.java(flags));
    command.addAll(
        List.of(CountingChild.class.getName(), store.name(), dir.toString(), Long.toString(first)));
    try {
      return new CountingChild(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  /// The last number that was printed.
  long readUntil(long number) {
    while (last < number && next()) {}
    return last;
  }

  long readToTheEnd() {
    return readUntil(Long.MAX_VALUE);
  }

  private boolean next() {
    try {
      var line = lines.readLine();
      if (line != null) {
        last = Long.parseLong(line);
      }
      return line != null;
    } catch (IOException cut) {
      return false;
    }
  }

  /// As `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  static void main(String[] arguments) {
    var past = Past.in(Store.valueOf(arguments[0]), Path.of(arguments[1]));
    var made = new Entries(new SplittableRandom(5), 20);
    for (var number = Long.parseLong(arguments[2]); ; number++) {
      past.journal.write(numbered(made.next(Instant.now()), number));
      if (number % STEP == 0) {
        System.out.println(number);
        past.database.behind().flush();
      }
    }
  }

  private static Entry numbered(Entry entry, long number) {
    return new Entry(
        entry.requestId(),
        entry.at(),
        entry.gatewayKey(),
        entry.asked(),
        entry.served(),
        entry.ending(),
        entry.times(),
        new Tokens(number, 0, 0, 0, 0, Tokens.Source.TOLD),
        entry.cost(),
        entry.attempts(),
        entry.attempted(),
        entry.dropped());
  }
}
