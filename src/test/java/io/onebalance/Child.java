package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The program in a process of its own, as an operator starts it: working directory, environment
/// and arguments in, lines and an exit code out. Waits are bounded generously and end with what is
/// waited for.
public final class Child implements AutoCloseable {
  private static final long BOUND_SECONDS = 60;
  private static final long LONG_SECONDS = 600;
  private static final Pattern SERVES = Pattern.compile("One Balance serves at (\\S+)");
  private static final Pattern LAST = Pattern.compile("Add provider keys at .*");

  private final Process process;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final List<String> read = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore reading = new Semaphore(1);
  private String url = "";
  private long boundSeconds = BOUND_SECONDS;

  private Child(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /// Runs a verb; nothing of the tests' own environment is passed on.
  static Child running(Path dir, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(java(List.of()));
    command.addAll(List.of(arguments));
    return new Child(started(builder(dir, environment, command)));
  }

  private static ProcessBuilder builder(
      Path dir, Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Serves on a free port with these flags for its virtual machine, and is ready when this
  /// returns.
  public static Child serving(Path dir, Map<String, String> environment, String... flags) {
    var child = starting(dir, environment, flags);
    child.awaitServing();
    return child;
  }

  /// The same, which may not be ready yet when this returns.
  static Child starting(Path dir, Map<String, String> environment, String... flags) {
    var all = new HashMap<>(Map.of("PORT", "0"));
    all.putAll(environment);
    return new Child(started(builder(dir, all, java(List.of(flags)))));
  }

  /// Started by a launcher; it may not be ready when this returns, and may never be.
  static Child launched(Path launcher, Path dir, Map<String, String> environment) {
    return new Child(started(builder(dir, environment, List.of(launcher.toString()))));
  }

  /// Serves on this port and writes what it says to a file; it is ready when this returns.
  static Child writingTo(File file, Path dir, Map<String, String> environment, int port) {
    var all = new HashMap<>(Map.of("PORT", Integer.toString(port)));
    all.putAll(environment);
    var child = new Child(started(builder(dir, all, java(List.of())).redirectOutput(file)));
    child.url = "http://127.0.0.1:" + port;
    child.awaitReady(true);
    return child;
  }

  /// Waits until it serves and has greeted.
  void awaitServing() {
    url = await(SERVES);
    await(LAST);
  }

  /// The same, for those who measure how long it takes: however long that is, unless it ends.
  void awaitServingAtLast() {
    boundSeconds = LONG_SECONDS;
    awaitServing();
    boundSeconds = BOUND_SECONDS;
  }

  /// Serves by a clock that stands in this file, and is ready when this returns.
  static Child servingBy(Path clock, Path dir, Map<String, String> environment) {
    var all = new HashMap<>(Map.of("PORT", "0"));
    all.putAll(environment);
    var command = new ArrayList<>(StartCache.java(List.of(ByAnotherClock.flag(clock))));
    command.add(ByAnotherClock.class.getName());
    var child = new Child(started(builder(dir, all, command)));
    child.awaitServing();
    return child;
  }

  private static List<String> java(List<String> flags) {
    var command = new ArrayList<>(StartCache.java(flags));
    command.add(Main.class.getName());
    return command;
  }

  private void listen() {
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
        reading.acquireUninterruptibly();
        reading.release();
      }
    } catch (IOException cut) {
      // the process ended in the middle of a line
    } finally {
      lines.add(Optional.empty());
    }
  }

  /// Reads on until a line has this in it; gives the first group, or else the line.
  String await(Pattern wanted) {
    for (var line = next(); line.isPresent(); line = next()) {
      var found = wanted.matcher(line.get());
      if (found.find()) {
        return found.groupCount() > 0 ? found.group(1) : line.get();
      }
    }
    throw new AssertionError(wanted + " was never printed, but:\n" + String.join("\n", read));
  }

  String await(String wanted) {
    return await(Pattern.compile(Pattern.quote(wanted)));
  }

  /// Whether a line that was printed by now has this in it; goes on after that line.
  boolean said(String wanted) {
    for (var line = lines.poll(); line != null; line = lines.poll()) {
      line.ifPresent(read::add);
      if (line.isPresent() && line.get().contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  /// What it printed since this was read last.
  Stream<String> printedSince() {
    var printed = new ArrayList<Optional<String>>();
    lines.drainTo(printed);
    return printed.stream().flatMap(Optional::stream);
  }

  private Optional<String> next() {
    try {
      var line = lines.poll(boundSeconds, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("silence after:\n" + String.join("\n", read));
      }
      line.ifPresent(read::add);
      return line;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /// Waits for the end and gives the exit code.
  int exit() {
    try {
      assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      var open = next();
      while (open.isPresent()) {
        open = next();
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /// All that was printed and read so far; after [#exit], all there was.
  String printed() {
    return String.join("\n", read);
  }

  /// Reads nothing that it prints until [#hearAgain].
  void turnAway() {
    reading.acquireUninterruptibly();
  }

  void hearAgain() {
    reading.release();
  }

  public String url() {
    return url;
  }

  boolean lives() {
    return process.isAlive();
  }

  /// How many descriptors (`fd`) or threads (`task`) it has.
  int count(String what) {
    return Proc.count(pid(), what);
  }

  long pid() {
    return process.pid();
  }

  /// Sends a signal by name, as `kill` does.
  void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  HttpRequest.Builder to(String path, String key) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(BOUND_SECONDS))
        .header("authorization", "Bearer " + key);
  }

  public HttpResponse<String> get(String path, String key) {
    return send(to(path, key).GET(), BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String path, String key, String type, String body) {
    return send(
        to(path, key).header("content-type", type).POST(BodyPublishers.ofString(body)),
        BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /// Asks until the program wants no new requests any more.
  void awaitNotReady() {
    awaitReady(false);
  }

  private void awaitReady(boolean wanted) {
    var bound = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (System.nanoTime() < bound) {
      if (isReady() == wanted) {
        return;
      }
    }
    throw new AssertionError(wanted ? "it is not ready" : "it is still ready");
  }

  /// What `/health/ready` says to a new connection.
  String readiness() {
    try (var fresh = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url + "/health/ready")).build();
      return fresh.send(request, BodyHandlers.ofString()).body();
    } catch (IOException refused) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /// Asks until `/health/ready` says this.
  void awaitReadiness(String wanted) {
    var bound = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (System.nanoTime() < bound) {
      if (readiness().contains(wanted)) {
        return;
      }
    }
    throw new AssertionError("it never said: " + wanted);
  }

  private boolean isReady() {
    return readiness().startsWith("ready");
  }

  /// As `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
    http.shutdownNow();
  }
}
