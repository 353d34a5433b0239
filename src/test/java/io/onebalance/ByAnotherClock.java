package io.onebalance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/// The program in a process whose clock is ahead, by so many seconds as a file says that a test
/// writes.
final class ByAnotherClock {
  private static final String FILE = "one-balance.test.clock";

  private ByAnotherClock() {}

  static String flag(Path file) {
    return "-D" + FILE + "=" + file;
  }

  /// Sets the clock of all processes that go by this file.
  static void ahead(Path file, Duration time) {
    mapped(file).putLong(0, time.toSeconds());
  }

  private static MappedByteBuffer mapped(Path file) {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void main(String... arguments) {
    var ahead = mapped(Path.of(System.getProperty(FILE)));
    System.exit(Main.run(() -> Instant.now().plusSeconds(ahead.getLong(0)), arguments));
  }
}
