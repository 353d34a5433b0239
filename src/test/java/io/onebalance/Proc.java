package io.onebalance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// What Linux tells of a process.
final class Proc {
  private Proc() {}

  /// How many descriptors (`fd`) or threads (`task`) it has.
  static int count(long pid, String what) {
    try (var entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
      return (int) entries.count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /// Its resident memory, in MiB.
  static long resident(long pid) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /// How much of the processor it has used, in microseconds, in steps of ten milliseconds.
  static long cpuMicros(long pid) {
    var stat = stat(pid);
    return ticks(stat, 11) + ticks(stat, 12);
  }

  /// The same of a process with all its children, those that ended among them.
  static long cpuMicrosOfFamily(long pid) {
    var stat = stat(pid);
    var mine = IntStream.rangeClosed(11, 14).mapToLong(field -> ticks(stat, field)).sum();
    return mine
        + ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToLong(child -> cpuIfAny(child.pid()))
            .sum();
  }

  private static long cpuIfAny(long pid) {
    try {
      return cpuMicros(pid);
    } catch (UncheckedIOException ended) {
      return 0;
    }
  }

  private static long ticks(String[] stat, int field) {
    return Long.parseLong(stat[field]) * 10_000;
  }

  /// What follows the name of the command.
  private static String[] stat(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /// Runs a command of the system and gives what it prints.
  static String run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + printed);
      }
      return printed;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
