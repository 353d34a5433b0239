package io.onebalance.relay.matrix;

import io.onebalance.proof.Notary;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// Plays seeds. Nothing is proven by a notary here; it is only there because one has to be.
final class Bench implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Notary notary;

  Bench() {
    InstantSource clock = () -> World.START;
    var reach = Reach.ofTheMachine(Duration.ofSeconds(5), clock);
    notary = new Notary(Inquiry.on(vertx, reach).await(), clock, Runnable::run);
  }

  Matrix.Report play(long seed) {
    return Matrix.play(seed, notary);
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /// `./dev bench matrix [SEEDS [SEED]]`: ten thousand seeds, or so many from this one.
  static void main(String[] arguments) {
    var seeds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000;
    var first = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    var endings = new TreeMap<String, Integer>();
    var met = new TreeMap<Means, Integer>();
    var broken = 0;
    var began = System.nanoTime();
    try (var bench = new Bench()) {
      for (var seed = first; seed < first + seeds; seed++) {
        var report = bench.play(seed);
        report.endings().forEach((word, count) -> endings.merge(word, count, Integer::sum));
        report.met().forEach((means, count) -> met.merge(means, count, Integer::sum));
        broken += report.broken().isEmpty() ? 0 : 1;
        if (seeds == 1) {
          report.story().forEach(System.out::println);
        }
        for (var rule : report.broken()) {
          System.out.println("seed " + seed + ": " + rule);
        }
      }
    }
    tell(seeds, (System.nanoTime() - began) / 1e9, Map.of("endings", endings, "attempts", met));
    System.out.println(broken + " seeds broke a rule");
    System.exit(broken == 0 ? 0 : 1);
  }

  private static void tell(long seeds, double seconds, Map<String, Map<?, Integer>> sums) {
    System.out.printf("%d seeds in %.1f s%n", seeds, seconds);
    sums.forEach((what, counts) -> System.out.println(what + ": " + counts));
  }
}
