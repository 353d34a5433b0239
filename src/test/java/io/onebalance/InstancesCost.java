package io.onebalance;

import io.onebalance.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The CPU that a request costs one instance on PostgreSQL, and three: in turns, each with a
/// database of its own. `InstancesCost [ROUNDS [A_SECOND [WARM_UP]]]` measures it (`./dev bench
/// instances`).
///
/// Each instance was asked equally often before, so that its code is compiled as well as that of
/// the others, and runs with the launcher's flags. What each does while nobody asks is measured
/// too; PostgreSQL's own CPU is told beside, less what it takes while nobody asks.
final class InstancesCost {
  private static final int ROUNDS = 7;
  private static final int A_SECOND = 900;
  private static final int WARM_UP = 60_000;
  private static final int SECONDS = 6;
  private static final double WANTED = 1.1;

  private static final String[] FLAGS = {
    "-XX:-UseSerialGC",
    "-XX:TieredStopAtLevel=4",
    "-XX:+UseCompactObjectHeaders",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dio.netty.jfr.enabled=false"
  };

  /// Microseconds: of all instances for each request (or, of an idle round, for each second), and
  /// of PostgreSQL.
  private record Cost(double ours, double postgres) {}

  /// What is measured, one after the other in each round.
  private enum Case {
    IDLE_ONE("one idle, ms a second"),
    IDLE_THREE("three idle, ms a second"),
    ONE("one, µs a request"),
    THREE("three, each asked as often as the one"),
    ONE_LIGHT("one, asked a third as often"),
    SHARING("three, asked as often as the one together");

    private final String words;

    Case(String words) {
      this.words = words;
    }
  }

  private final Instances one;
  private final Instances three;
  private final int aSecond;
  private final long postgres = PostgresServer.pid();
  private final Map<Case, List<Cost>> costs = new TreeMap<>();

  private InstancesCost(Instances one, Instances three, int aSecond) {
    this.one = one;
    this.three = three;
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

  /// Asks each of them so often.
  private void warmUp(Instances all, int times) throws InterruptedException {
    try (var asking = new PacedAsking(all.running, aSecond)) {
      while (asking.answered() < (long) times * all.running.size()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private void round() throws InterruptedException {
    note(Case.IDLE_ONE, idle(one));
    note(Case.IDLE_THREE, idle(three));
    note(Case.ONE, cost(one, aSecond));
    note(Case.THREE, cost(three, aSecond));
    note(Case.ONE_LIGHT, cost(one, aSecond / three.running.size()));
    note(Case.SHARING, cost(three, aSecond / three.running.size()));
  }

  private void note(Case of, Cost cost) {
    costs.computeIfAbsent(of, _ -> new ArrayList<>()).add(cost);
  }

  private Cost idle(Instances all) throws InterruptedException {
    return cost(all, () -> SECONDS * 1_000L);
  }

  private Cost cost(Instances all, int aSecondEach) throws InterruptedException {
    try (var asking = new PacedAsking(all.running, aSecondEach)) {
      TimeUnit.MILLISECONDS.sleep(500);
      var before = asking.answered();
      return cost(all, () -> asking.answered() - before);
    }
  }

  private interface Counting {
    long counted();
  }

  private Cost cost(Instances all, Counting counting) throws InterruptedException {
    var before = cpu(all);
    var servers = Proc.cpuMicrosOfFamily(postgres);
    TimeUnit.SECONDS.sleep(SECONDS);
    var count = (double) counting.counted();
    return new Cost(
        (cpu(all) - before) / count, (Proc.cpuMicrosOfFamily(postgres) - servers) / count);
  }

  private static long cpu(Instances all) {
    return all.running.stream().mapToLong(it -> Proc.cpuMicros(it.pid())).sum();
  }

  private double median(Case of, ToDoubleFunction<Cost> what) {
    var sorted = costs.getOrDefault(of, List.of()).stream().mapToDouble(what).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private double ratio(Case three, Case one) {
    return median(three, Cost::ours) / median(one, Cost::ours);
  }

  private void tell() {
    for (var of : Case.values()) {
      System.out.printf(
          "%-45s %6.1f, PostgreSQL %6.1f   of %s%n",
          of.words,
          median(of, Cost::ours),
          median(of, Cost::postgres),
          costs.getOrDefault(of, List.of()).stream().map(c -> "%.0f".formatted(c.ours)).toList());
    }
    System.out.printf(
        "three to one, each at %,d a second: %.2f; each at %,d: %.2f; three at %,d together to one:"
            + " %.2f%n",
        aSecond,
        ratio(Case.THREE, Case.ONE),
        aSecond / three.running.size(),
        ratio(Case.SHARING, Case.ONE_LIGHT),
        aSecond,
        ratio(Case.SHARING, Case.ONE));
  }

  static void main(String... arguments) throws IOException, InterruptedException {
    var told = Stream.of(arguments).map(Integer::parseInt).toList();
    var rounds = told.isEmpty() ? ROUNDS : told.getFirst();
    var warmUp = told.size() > 2 ? told.get(2) : WARM_UP;
    var dir = Files.createTempDirectory("instances");
    double ratio;
    try (var one = started(dir.resolve("one"), 1);
        var three = started(dir.resolve("three"), 3)) {
      var figures = new InstancesCost(one, three, told.size() > 1 ? told.get(1) : A_SECOND);
      figures.warmUp(one, warmUp);
      figures.warmUp(three, warmUp);
      for (var round = 0; round < rounds; round++) {
        figures.round();
      }
      figures.tell();
      ratio = figures.ratio(Case.THREE, Case.ONE);
    }
    System.exit(ratio <= WANTED ? 0 : 1);
  }
}
