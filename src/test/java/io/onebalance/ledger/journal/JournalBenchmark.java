package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// What it costs to keep an entry with two attempts, for one thread and for two at once, while
/// another takes over what was written; and to pack it alone.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {
  private static final int MANY = 10_000;

  private final Entry entry = Entries.of("0123456789abcdef");
  private final Packer packer = new Packer();

  @SuppressWarnings("NullAway.Init") // set before the first measurement
  private Path dir;

  @SuppressWarnings("NullAway.Init") // set before the first measurement
  private Journal journal;

  @SuppressWarnings("NullAway.Init") // set before the first measurement
  private Thread taking;

  @Setup
  public void open() throws IOException {
    dir = Files.createTempDirectory("journal");
    journal = Journal.open(dir, 0);
    taking = Thread.ofPlatform().start(this::take);
  }

  private void take() {
    var mark = 0L;
    while (!Thread.interrupted()) {
      var some = journal.read(mark, MANY);
      mark = some.isEmpty() ? mark : some.getLast().position();
      journal.forget(mark);
      journal.takeFolded();
    }
  }

  @TearDown
  public void close() throws IOException, InterruptedException {
    taking.interrupt();
    taking.join();
    journal.close();
    try (var files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    }
  }

  @Benchmark
  public void written() {
    journal.write(entry);
  }

  @Benchmark
  @Threads(2)
  public void writtenByTwo() {
    journal.write(entry);
  }

  @Benchmark
  public int packed() {
    packer.clear();
    EntryWriter.write(entry, true, packer);
    return Segment.check(packer.bytes(), packer.size());
  }
}
