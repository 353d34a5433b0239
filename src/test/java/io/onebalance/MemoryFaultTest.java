package io.onebalance;

import static io.onebalance.FarProvider.AUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The whole program where the memory is less than what it is asked for.
@EnabledOnOs(value = OS.LINUX, disabledReason = "sh, narrow buffers of sockets")
class MemoryFaultTest {
  /// A heap in which the program serves, but has no room for [#TOO_MANY] keys.
  private static final String LITTLE = "-Xmx40m";

  private static final int TOO_MANY = 300_000;

  /// So many of those who did not read do so in the end, and hear everything.
  private static final int READ_ON = 10;

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

  @Test
  @DisplayName("F71 readers that do not read cannot exhaust the memory")
  void streaming_alone_exhausts_nothing() throws Exception {
    provider.script.play(Match.ALL, Fault.well());
    var lines = new ArrayList<Line>();
    try (var child = provider.serving(dir, "", "-Xmx64m")) {
      for (var i = 0; i < 60; i++) {
        lines.add(unread(URI.create(child.url()).getPort()));
      }
      provider.sandbox.seen().nth(60).get(30, TimeUnit.SECONDS);
      for (var line : lines.subList(0, READ_ON)) {
        assertThat(line.untilClosed()).isGreaterThan(2 << 20);
      }
      FarProvider.assertServes(child);
      assertThat(child.lives()).isTrue();
      for (var line : lines) {
        line.close();
      }
    }
  }

  /// A connection whose client asks for a long stream and reads nothing of it for now.
  private static Line unread(int port) throws IOException {
    var body = FarProvider.chat("groq/words-40000", true);
    return Line.narrow(port, 4096)
        .say(
            "POST /v1/chat/completions HTTP/1.1\r\n"
                + "host: x\r\n"
                + "connection: close\r\n"
                + "authorization: Bearer "
                + AUTH
                + "\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body);
  }

  @Test
  @DisplayName("F71 out of memory: a server that the launcher started ends at once, with code 3")
  void out_of_memory() throws IOException {
    provider.settings(dir, "");
    var environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "PATH",
            "/usr/bin:/bin",
            "HOME",
            dir.toString(),
            "PORT",
            "0",
            "ONE_BALANCE_CACHE_AFTER",
            "never",
            "JAVA_OPTS",
            LITTLE + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    try (var child = Child.launched(launcher(), dir, environment)) {
      child.awaitServing();
      FarProvider.add(child, "gsk-good");
      FarProvider.assertServes(child);
      assertThatThrownBy(() -> child.post("/api/keys/add/groq", AUTH, "text/plain", tooMany()))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(child.exit()).as(child.printed()).isEqualTo(3);
      assertThat(child.printed()).contains("Terminating due to java.lang.OutOfMemoryError");
    }
    assertThat(Path.of("one-balance.cmd")).content().contains("-XX:+ExitOnOutOfMemoryError");
  }

  private static String tooMany() {
    return IntStream.range(0, TOO_MANY)
        .mapToObj(i -> "gsk-many-" + i)
        .collect(Collectors.joining(","));
  }

  /// The launcher in a folder of its own, beside a release jar of the classes under test.
  private Path launcher() throws IOException {
    var folder = Files.createDirectory(dir.resolve("release"));
    var manifest = new Manifest();
    var classes =
        StartCache.classPath().map(Path::toUri).map(URI::toString).collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classes);
    try (var out = Files.newOutputStream(folder.resolve("one-balance-0.1.0.jar"));
        var jar = new JarOutputStream(out, manifest)) {
      jar.finish();
    }
    var launcher = folder.resolve("one-balance");
    return Files.copy(Path.of("one-balance"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  @DisplayName(
      "F71 a body that is longer than there is memory for is refused, and the server lives")
  void a_body_longer_than_the_memory() throws Exception {
    try (var child = provider.serving(dir, "body: {replay-bytes: 512MiB}", "-Xmx64m");
        var line = Line.to(URI.create(child.url()).getPort())) {
      var filling = Thread.startVirtualThread(() -> fill(line));
      var answer = line.head();
      assertThat(answer.status()).as("what was kept of it names no model").isEqualTo(400);
      filling.join();
      FarProvider.assertServes(child);
      assertThat(child.lives()).isTrue();
    }
  }

  /// Says a body that is longer than the heap, or as much of it as is heard.
  private static void fill(Line line) {
    try {
      line.say(
          "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
              + AUTH
              + "\r\ncontent-length: 400000000\r\n\r\n");
      for (var i = 0; i < 4_000; i++) {
        line.say("x".repeat(100_000));
      }
    } catch (IOException gone) {
      // it was refused and cut off
    }
  }
}
