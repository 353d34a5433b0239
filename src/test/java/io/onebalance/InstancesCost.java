package io.onebalance;

import io.onebalance.store.PostgresServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The CPU that a request costs one instance on PostgreSQL, and three that share the same load: in
/// turns, each with a database of its own, at the same rate. `InstancesCost [ROUNDS [A SECOND]]`
/// measures it (`./dev bench instances`). The instances run with the launcher's flags.
final class InstancesCost {
  private static final int ROUNDS = 7;
  private static final int A_SECOND = 2_000;
  private static final int CLIENTS = 12;
  private static final double WANTED = 1.1;
  private static final int WARM_UP_SECONDS = 20;
  private static final int SECONDS = 5;

  private static final String[] FLAGS = {
    "-XX:-UseSerialGC",
    "-XX:TieredStopAtLevel=4",
    "-XX:+UseCompactObjectHeaders",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dio.netty.jfr.enabled=false"
  };

  private final int aSecond;

  private InstancesCost(int aSecond) {
    this.aSecond = aSecond;
  }

  private static Instances started(Path dir, int count) {
    var all = new Instances(dir, "", FLAGS);
    for (var n = 0; n < count; n++) {
      all.start(PostgresServer.port());
    }
    all.add(all.running.getFirst(), "gsk-good");
    all.running.forEach(it -> {
      while (all.chat(it.url()) != 200) {
        Thread.onSpinWait();
      }
    });
    return all;
  }

  /// Microseconds of CPU of all its processes for each request of so many seconds.
  private double cost(Instances all, int seconds) throws InterruptedException {
    var before = cpu(all);
    var answered = new AtomicLong();
    var over = new AtomicBoolean();
    var clients = new ArrayList<Thread>();
    for (var n = 0; n < CLIENTS; n++) {
      var port = URI.create(all.running.get(n % all.running.size()).url()).getPort();
      clients.add(Thread.ofPlatform().start(() -> ask(port, over, answered)));
    }
    TimeUnit.SECONDS.sleep(seconds);
    over.set(true);
    for (var client : clients) {
      client.join();
    }
    return (cpu(all) - before) / (double) answered.get();
  }

  private static long cpu(Instances all) {
    return all.running.stream().mapToLong(it -> Proc.cpuMicros(it.pid())).sum();
  }

  private void ask(int port, AtomicBoolean over, AtomicLong answered) {
    var body = FarProvider.chat("groq/any", false);
    var request =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(FarProvider.AUTH, body.length(), body);
    var pause = TimeUnit.SECONDS.toNanos(CLIENTS) / aSecond;
    try (var line = Line.to(port)) {
      for (var next = System.nanoTime(); !over.get(); next += pause) {
        LockSupport.parkNanos(next - System.nanoTime());
        if (line.say(request).hear().status() != 200) {
          throw new IllegalStateException("a request failed");
        }
        answered.incrementAndGet();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static double median(List<Double> costs) {
    Collections.sort(costs);
    return costs.get(costs.size() / 2);
  }

  static void main(String... arguments) throws IOException, InterruptedException {
    var numbers = Stream.of(arguments).map(Integer::parseInt).toList();
    var rounds = numbers.isEmpty() ? ROUNDS : numbers.getFirst();
    var figures = new InstancesCost(numbers.size() > 1 ? numbers.get(1) : A_SECOND);
    var dir = Files.createTempDirectory("instances");
    try (var one = started(dir.resolve("one"), 1);
        var three = started(dir.resolve("three"), 3)) {
      figures.cost(one, WARM_UP_SECONDS);
      figures.cost(three, 2 * WARM_UP_SECONDS);
      var ofOne = new ArrayList<Double>();
      var ofThree = new ArrayList<Double>();
      for (var round = 0; round < rounds; round++) {
        ofOne.add(figures.cost(one, SECONDS));
        ofThree.add(figures.cost(three, SECONDS));
      }
      var ratio = median(ofThree) / median(ofOne);
      System.out.printf(
          "CPU a request at %,d a second: one instance %.1f µs, three %.1f µs, ratio %.2f%n",
          figures.aSecond, median(ofOne), median(ofThree), ratio);
      System.exit(ratio <= WANTED ? 0 : 1);
    }
  }
}
