package io.onebalance.store;

import io.onebalance.StartCache;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// A process of its own that uses a store, and can be killed while it does. Each line it prints is
/// an acknowledgement.
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private Child(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child doing(String what, Store store, Path dir, int number) {
    var flags = store == Store.POSTGRESQL ? List.of(PostgresServer.flag()) : List.<String>of();
    var command = new ArrayList<>(StartCache.java(flags));
    command.addAll(
        List.of(
            Child.class.getName(), what, store.name(), dir.toString(), Integer.toString(number)));
    try {
      return new Child(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  /// The next lines, as many as there are up to `most`.
  List<String> read(int most) {
    var read = new ArrayList<String>();
    while (read.size() < most) {
      var line = next();
      if (line.isEmpty()) {
        return read;
      }
      read.add(line.get());
    }
    return read;
  }

  private Optional<String> next() {
    try {
      return Optional.ofNullable(lines.readLine());
    } catch (IOException cut) {
      return Optional.empty();
    }
  }

  boolean lives() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
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
    var store = Store.valueOf(arguments[1]);
    var dir = Path.of(arguments[2]);
    var number = Integer.parseInt(arguments[3]);
    switch (arguments[0]) {
      case "add" -> add(store, dir, number);
      case "import" -> importMany(store, dir, number);
      case "hold" -> hold(store, dir);
      case "migrate" -> migrate(dir);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void add(Store store, Path dir, int first) {
    var rig = Rig.writing(store, dir);
    for (var i = first; ; i++) {
      rig.keyring.add("groq", List.of(Rig.key("gsk-" + i)), Rig.ACTOR);
      System.out.println("gsk-" + i);
    }
  }

  private static void importMany(Store store, Path dir, int many) {
    var rig = Rig.writing(store, dir);
    var keys = IntStream.range(0, many).mapToObj(i -> Rig.key("gsk-" + i)).toList();
    System.out.println("ready");
    rig.keyring.add("groq", keys, Rig.ACTOR);
    System.out.println("done");
  }

  private static void hold(Store store, Path dir) {
    var rig = Rig.writing(store, dir);
    System.out.println(rig.dir);
    new CompletableFuture<Void>().join();
  }

  private static void migrate(Path dir) {
    var schema =
        new Schema(
            Schema.CURRENT.newest() + 1,
            Map.of(Dialect.SQLITE, List.of("filesystem:" + dir.resolve("scripts"))));
    Database.open(
        dir,
        Store.SQLITE.url(dir),
        InstantSource.system(),
        new Terms(schema, Duration.ofSeconds(1), Optional.empty()));
  }
}
