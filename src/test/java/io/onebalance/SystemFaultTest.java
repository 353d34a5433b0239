package io.onebalance;

import static io.onebalance.FarProvider.AUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onebalance.metrics.ExpositionText;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.Line;
import io.onebalance.wire.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The whole program while the machine below it fails: disk, descriptors, threads, log, time.
@EnabledOnOs(value = OS.LINUX, disabledReason = "/proc, prlimit, tmpfs")
class SystemFaultTest {
  private static final String ADD = "/api/keys/add/groq";

  @TempDir Path dir;
  private FarProvider provider;

  @BeforeEach
  void open() {
    provider = new FarProvider();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private static HttpResponse<String> adding(Child child, String key) {
    return child.post(ADD, AUTH, "text/plain", key);
  }

  @Test
  @DisplayName("F54 disk full: key edits 507, requests go on, degraded is told; recovers by itself")
  void disk_full() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
    var disk = Files.createDirectory(dir.resolve("data"));
    Proc.run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", disk.toString());
    try (var child = provider.serving(dir, "")) {
      var filler = disk.resolve("filler");
      fill(filler);
      var refused = adding(child, manyKeys());
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
      FarProvider.assertServes(child);
      child.awaitReadiness("ready, degraded: the store is full");

      Files.delete(filler);
      child.awaitReadiness("ready");
      while (child.readiness().contains("degraded")) {
        Thread.onSpinWait();
      }
      assertThat(adding(child, manyKeys()).body()).contains("\"added\":2000");
    } finally {
      Proc.run("umount", "--lazy", disk.toString());
    }
  }

  private static String manyKeys() {
    return IntStream.range(0, 2000).mapToObj(i -> "gsk-many-" + i).collect(Collectors.joining(","));
  }

  /// Takes all room there is, to the last block.
  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      var block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  @Test
  @DisplayName("F55 another program holds the database: edits 503 after a bounded wait; it heals")
  void the_database_is_held() throws Exception {
    try (var child = provider.serving(dir, "");
        var outsider =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("data/one-balance.db"));
        var statement = outsider.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(adding(child, "gsk-meanwhile").statusCode()).isEqualTo(503);
      FarProvider.assertServes(child);
      statement.execute("ROLLBACK");
      assertThat(adding(child, "gsk-meanwhile").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("F56 the database file is gone: edits 503, requests go on, degraded is told; heals")
  void the_database_is_gone() throws IOException {
    try (var child = provider.serving(dir, "")) {
      var file = dir.resolve("data/one-balance.db");
      Files.move(file, dir.resolve("elsewhere"));
      child.awaitReadiness("ready, degraded: the store is away");
      assertThat(adding(child, "gsk-meanwhile").statusCode()).isEqualTo(503);
      FarProvider.assertServes(child);
      assertThat(file).doesNotExist();

      Files.move(dir.resolve("elsewhere"), file);
      while (child.readiness().contains("degraded")) {
        Thread.onSpinWait();
      }
      assertThat(adding(child, "gsk-meanwhile").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("F72 descriptors exhausted: accepting pauses, open connections go on; it recovers")
  @Timeout(120)
  void descriptors_exhausted() throws IOException {
    try (var child = provider.serving(dir, "")) {
      FarProvider.assertServes(child);
      child.awaitReadiness("ready");
      var port = URI.create(child.url()).getPort();
      var lines = new ArrayList<Line>();
      lines.add(Line.to(port));
      assertThat(health(lines.getFirst())).isEqualTo(200);
      var most = child.count("fd") + 20;
      limitDescriptors(child, most);
      for (var i = 0; i < 100; i++) {
        lines.add(Line.to(port));
      }
      while (child.count("fd") < most) {
        Thread.onSpinWait(); // until none is left
      }
      assertThat(child.lives()).isTrue();
      assertThat(health(lines.getFirst())).isEqualTo(200);
      var last = lines.removeLast();
      for (var line : lines) {
        line.close();
      }
      assertThat(health(last)).as("one that waited to be accepted").isEqualTo(200);
      last.close();
      limitDescriptors(child, 4096);
      try (var fresh = Line.to(port)) {
        assertThat(health(fresh)).isEqualTo(200);
      }
      FarProvider.assertServes(child);
    }
  }

  private static void limitDescriptors(Child child, int most) {
    Proc.run("prlimit", "--pid", Long.toString(child.pid()), "--nofile=" + most + ":4096");
  }

  private static int health(Line line) throws IOException {
    return line.say("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").hear().status();
  }

  @Test
  @DisplayName("F73 hundreds of streams and console calls at once take hardly a thread more")
  void threads_are_bounded() throws Exception {
    try (var child = provider.serving(dir, "")) {
      FarProvider.add(child, FarProvider.SLOW);
      provider.script.play(Match.ALL, new Fault.Stalls(600, provider.gate));
      assertThat(child.get("/api/keys", AUTH).statusCode()).isEqualTo(200);
      var before = child.count("task");
      for (var i = 0; i < 200; i++) {
        FarProvider.begun(child);
      }
      var most = 0;
      for (var answer : together(200, () -> child.get("/api/keys?limit=100", AUTH))) {
        assertThat(answer.statusCode()).isEqualTo(200);
        most = Math.max(most, child.count("task"));
      }
      assertThat(most - before).isLessThan(2 * Runtime.getRuntime().availableProcessors() + 20);
      provider.gate.open();
    }
  }

  private static <T> List<T> together(int count, Callable<T> work)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, count).<Callable<T>>mapToObj(_ -> work).toList();
      var done = new ArrayList<T>();
      for (var answer : threads.invokeAll(all)) {
        done.add(answer.get());
      }
      return done;
    }
  }

  @Test
  @Timeout(120)
  @DisplayName("F75 a log pipe that nobody reads: requests go on, and what was dropped is counted")
  void a_blocked_pipe() throws IOException {
    try (var child = provider.serving(dir, "")) {
      child.turnAway();
      provider.settings(dir, manyOddSettings());
      while (droppedLines(child) == 0) {
        child.signal("HUP");
        FarProvider.assertServes(child);
      }
      assertThat(adding(child, "gsk-meanwhile").statusCode()).isEqualTo(200);
      child.hearAgain();
      provider.settings(dir, "odd: 1");
      while (!child.said("lines were dropped: the log could not be written fast enough")) {
        child.signal("HUP");
        FarProvider.assertServes(child);
      }
    }
  }

  private static double droppedLines(Child child) {
    var metrics = ExpositionText.parse(child.get("/metrics", AUTH).body());
    var dropped = Objects.requireNonNull(metrics.get("onebalance_dropped_log_lines_total"));
    return dropped.samples().getFirst().value();
  }

  /// Each is complained of in a line of its own.
  private static String manyOddSettings() {
    return IntStream.range(0, 2000)
        .mapToObj(i -> "odd" + i + ": 1\n")
        .collect(Collectors.joining());
  }

  @Test
  @DisplayName("F75 a log on a full disk: requests go on")
  void a_full_log() throws IOException {
    provider.settings(dir, "");
    try (var child = Child.writingTo(new File("/dev/full"), dir, Map.of(), Ports.free())) {
      FarProvider.add(child, "gsk-good");
      child.signal("HUP");
      for (var i = 0; i < 50; i++) {
        FarProvider.assertServes(child);
      }
    }
  }

  @Test
  @DisplayName("F76 stopped for 4 s, with timers of 1 s, and woken: no key is blocked or rests")
  void stopped_and_woken() throws Exception {
    var timers = "timeout: {attempt-ms: 1000, stream-idle-ms: 1000, connect-ms: 500}";
    try (var child = provider.serving(dir, timers)) {
      for (var i = 0; i < 10; i++) {
        FarProvider.add(child, "gsk-more-" + i);
      }
      provider.script.play(Match.ALL, new Fault.Late(Duration.ofMillis(300)));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers =
            IntStream.range(0, 40)
                .mapToObj(_ -> threads.submit(() -> FarProvider.ask(child)))
                .toList();
        provider.sandbox.seen().nth(20).get(30, TimeUnit.SECONDS);
        stopFor(child, 4);
        for (var answer : answers) {
          assertThat(answer.get().statusCode()).isIn(200, 502, 504);
        }
      }
      provider.script.play(Match.ALL, Fault.well());
      FarProvider.assertServes(child);
      var keys = child.get("/api/keys?provider=groq", AUTH).body();
      assertThat(keys).contains("\"total\":11").doesNotContain("blocked", "\"cooling\"");
    }
  }

  /// The system's own clock wakes it, so that nothing of ours waits.
  private static void stopFor(Child child, int seconds) {
    child.signal("STOP");
    Proc.run("sh", "-c", "sleep %d; kill -CONT %d".formatted(seconds, child.pid()));
  }
}
