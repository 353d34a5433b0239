package io.onebalance.relay;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// How long a request of one gateway key takes, alone and while sixteen clients of another key that
/// is over its limit ask on and on, each as soon as it was refused (`./dev bench limits`, F53).
/// Both are measured in turns, so that what else the machine does meets both.
final class LimitFigures {
  private static final int ROUNDS = 24;
  private static final int REQUESTS = 400;
  private static final int CLIENTS = 16;
  private static final String PROVIDER_KEY = "key-a-000000000000000000000";

  private LimitFigures() {}

  static void main(String[] arguments) throws Exception {
    try (var rig = new Rig()) {
      rig.keys("openai", PROVIDER_KEY);
      rig.limitTable =
          new LimitTable(
              ZoneOffset.UTC,
              KeyLimits.NONE,
              Map.of("key-1", new KeyLimits(Map.of(Limit.REQUESTS_PER_MINUTE, 1L))));
      var alone = new ArrayList<Long>();
      var beside = new ArrayList<Long>();
      var refused = new AtomicInteger();
      var flooded = 0L;
      try (var line = rig.line()) {
        for (var round = 0; round < ROUNDS; round++) {
          var warm = round >= ROUNDS / 4;
          ask(line, warm ? alone : new ArrayList<>());
          var flooding = new AtomicBoolean(true);
          var began = System.nanoTime();
          try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < CLIENTS; client++) {
              clients.execute(() -> flood(rig, flooding, refused));
            }
            ask(line, warm ? beside : new ArrayList<>());
            flooding.set(false);
            flooded += System.nanoTime() - began;
          }
        }
      }
      System.out.println(
          "| A request of another key | p50 µs | p90 µs | p99 µs |\n|---|---|---|---|");
      tell("alone", alone);
      var pace = refused.get() / Math.max(1, flooded / 1_000_000_000);
      tell("while another over its limit was refused " + pace + " times a second", beside);
    }
  }

  private static void ask(Line line, List<Long> nanos) throws IOException {
    var request =
        Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO).replace(Rig.AUTH, Rig.LIMITED_AUTH);
    for (var i = 0; i < REQUESTS; i++) {
      var began = System.nanoTime();
      line.say(request);
      if (line.hear().status() != 200) {
        throw new IllegalStateException("a key within its limits was refused");
      }
      nanos.add(System.nanoTime() - began);
    }
  }

  private static void flood(Rig rig, AtomicBoolean goesOn, AtomicInteger refused) {
    try (var line = rig.line()) {
      while (goesOn.get()) {
        line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        if (line.hear().status() == 429) {
          refused.incrementAndGet();
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void tell(String name, List<Long> nanos) {
    var sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f |%n",
        name,
        sorted[sorted.length / 2] / 1e3,
        sorted[sorted.length * 9 / 10] / 1e3,
        sorted[sorted.length * 99 / 100] / 1e3);
  }
}
