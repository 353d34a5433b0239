package io.onebalance;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Mixed load on a process of its own for many minutes (`./dev bench soak [MINUTES]`, P22): unary
/// answers, streams, bodies of a megabyte, clients that leave, providers that fail by seed, console
/// reads and reloads. Samples what the process holds and writes it into docs/performance.md.
final class Soak {
  private static final String AUTH = "gateway-key-of-the-soak";
  private static final List<String> PROVIDERS = List.of("north", "south");
  private static final FaultLoad.Manner MANNER =
      new FaultLoad.Manner(24, Integer.MAX_VALUE, 30, 100);
  private static final PageSection PAGE = new PageSection(Path.of("docs/performance.md"), "soak");

  private final Vertx vertx = Vertx.vertx();
  private final FaultDice dice = new FaultDice(22, false);
  private final AtomicIntegerArray asked = new AtomicIntegerArray(1 << 20);
  private final List<FaultyUpstream> upstreams =
      PROVIDERS.stream().map(name -> FaultyUpstream.start(vertx, name, () -> dice, asked)).toList();
  private final Path dir;
  private final List<SoakSample> samples = new ArrayList<>();
  private int reloads;

  private Soak(Path dir) {
    this.dir = dir;
  }

  static void main(String[] arguments) throws Exception {
    var minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    StartCache.make(); // the server runs from a copy: a build may replace the classes meanwhile
    var soak = new Soak(Files.createTempDirectory("one-balance-soak"));
    var flat = soak.run(minutes);
    System.exit(flat ? 0 : 1);
  }

  /// Settings that differ each time, so that each reload is one.
  private void settings() throws IOException {
    var providers =
        upstreams.stream()
            .map(u -> "  %s: {base-url: '%s', dialect: openai}\n".formatted(u.name(), u.url()))
            .collect(Collectors.joining());
    Files.writeString(
        dir.resolve("one-balance.yaml"),
        "data-dir: data\nlog: {level: error}\ntimeout: {attempt-ms: 2000, stream-idle-ms: 2000, wait-ms: %d}\nproviders:\n"
                .formatted(500 + reloads++ % 100)
            + providers);
  }

  private boolean run(int minutes) throws Exception {
    settings();
    try (var child =
        Child.serving(
            dir,
            Map.of("AUTH_KEY", AUTH),
            "-XX:TieredStopAtLevel=4",
            "-XX:-UseSerialGC",
            "-XX:+UseG1GC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx256m")) {
      PROVIDERS.forEach(provider -> addKeys(child, provider));
      var door = new FaultLoad.Door(URI.create(child.url()), AUTH, PROVIDERS);
      var load = new FaultLoad(vertx, door, () -> dice, 0);
      var ended = load.begin(MANNER);
      sample(child, minutes * 60L);
      load.stop();
      ended.await(60, TimeUnit.SECONDS);
      return report(load, minutes);
    } finally {
      vertx.close().await();
    }
  }

  private static void addKeys(Child child, String provider) {
    var keys =
        IntStream.range(0, 60)
            .mapToObj(i -> FaultyUpstream.key(provider, i, i >= 50))
            .collect(Collectors.joining(","));
    child.post("/api/keys/add/" + provider, AUTH, "text/plain", keys);
  }

  /// Forty samples, at most one each thirty seconds; between them the console is read and settings
  /// change.
  private void sample(Child child, long seconds) throws Exception {
    var every = Math.max(5, Math.min(30, seconds / 40));
    var began = System.nanoTime();
    for (var at = every; at <= seconds; at += every) {
      pass(began + TimeUnit.SECONDS.toNanos(at) - System.nanoTime());
      var sample = SoakSample.of(child.pid(), at);
      samples.add(sample);
      System.out.println(sample.row());
      child.printedSince().forEach(System.out::println);
      child.get("/api/keys?limit=100", AUTH);
      child.get("/login", AUTH);
      settings();
    }
  }

  /// Lets time pass.
  private void pass(long nanos) throws InterruptedException {
    var over = new CountDownLatch(1);
    vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), _ -> over.countDown());
    over.await();
  }

  private boolean report(FaultLoad load, int minutes) throws IOException {
    var judged = SoakSample.judged(samples);
    var flat = judged.stream().allMatch(SoakSample.Judged::flat);
    var wrong = load.outcomes().getOrDefault(FaultLoad.WRONG, 0L);
    var text =
        "%tF, %d minutes, %,d requests (%s), %d reloads, -Xmx256m, G1.%n%n"
                .formatted(
                    Clock.systemUTC().millis(), minutes, load.requests(), load.outcomes(), reloads)
            + SoakSample.table(samples)
            + "\n"
            + judged.stream().map(SoakSample.Judged::line).collect(Collectors.joining("\n"))
            + "\n";
    System.out.println(text);
    PAGE.write(text);
    return flat && wrong == 0;
  }
}
