package io.onebalance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a start of the program loads, noted by the JVM for the starts after it, as the launcher has
/// it noted: a process that tests start then takes half of the processor. To note it costs as much
/// as ten starts save, so it is done once some have been asked for, beside them. Thread-safe.
public final class StartCache {
  private static final int WORTH_IT = 5;

  /// A process of seconds, and what the launcher says of the cache and of Netty.
  private static final List<String> PLAIN =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTReplayTraining",
          "-Dio.netty.jfr.enabled=false",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// The first of the libraries that only tests need: in the pom they come last.
  private static final String TESTS_BEGIN = "junit-jupiter-";

  private static final AtomicInteger asked = new AtomicInteger();
  private static volatile List<String> made = List.of();

  private StartCache() {}

  /// The command that starts Java for a process that lives for seconds, with the class path of this
  /// one; a class and its arguments follow. What is among `flags` counts.
  public static List<String> java(List<String> flags) {
    if (asked.incrementAndGet() == WORTH_IT) {
      Thread.ofPlatform().daemon().start(StartCache::make);
    }
    return command(flags);
  }

  private static List<String> command(List<String> flags) {
    var ready = made;
    return command(flags, ready.isEmpty() ? List.of("-cp", joined(classPath())) : ready);
  }

  private static List<String> command(List<String> flags, List<String> classes) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.of(List.of(java), PLAIN, flags, classes).flatMap(List::stream).toList();
  }

  /// Where the classes under test are and what they need, whichever folder a process runs in.
  static Stream<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .takeWhile(entry -> !entry.getFileName().toString().startsWith(TESTS_BEGIN));
  }

  private static String joined(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /// Whoever is about to start many waits for it.
  static synchronized void make() {
    if (!made.isEmpty()) {
      return;
    }
    try {
      var folder = Files.createTempDirectory("one-balance-start");
      var classes = joined(classPath().map(entry -> packed(entry, folder)));
      var cache = folder.resolve("start.aot");
      rehearse(folder, cache, classes);
      if (Files.exists(cache)) {
        made = List.of("-Xlog:aot=off", "-XX:AOTCache=" + cache, "-cp", classes);
      }
      forgetAtTheEnd(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The JVM takes nothing from folders.
  private static Path packed(Path entry, Path folder) {
    if (!Files.isDirectory(entry)) {
      return entry;
    }
    var jar = folder.resolve(entry.getFileName() + ".jar");
    var tool = ToolProvider.findFirst("jar").orElseThrow();
    var line = List.of("--create", "--no-compress", "--file", jar + "", "-C", entry + "", ".");
    tool.run(System.out, System.err, line.toArray(String[]::new));
    return jar;
  }

  private static void rehearse(Path folder, Path cache, String classes) throws IOException {
    var noting = List.of("-Xlog:aot=off", "-XX:AOTCacheOutput=" + cache);
    var line = new ArrayList<>(command(noting, List.of("-cp", classes)));
    line.addAll(List.of(Main.class.getName(), "rehearse"));
    var rehearsal =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    var end = Thread.ofPlatform().unstarted(rehearsal::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    rehearsal.onExit().join();
  }

  private static void forgetAtTheEnd(Path folder) throws IOException {
    folder.toFile().deleteOnExit();
    try (var files = Files.list(folder)) {
      files.map(Path::toFile).forEach(File::deleteOnExit);
    }
  }
}
