package io.onebalance;

import io.onebalance.key.State;
import io.onebalance.ledger.price.Prices;
import io.onebalance.program.Program;
import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.read.SettingsReader;
import io.onebalance.store.keyring.Keyring;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many requests through the whole program to several providers that fail by seed (`./dev bench
/// faults [REQUESTS [SEED]]`). What must never happen is counted and has to be nothing.
final class FaultRun implements AutoCloseable {
  private static final String AUTH = "gateway-key-of-the-fault-run";
  private static final List<String> PROVIDERS = List.of("north", "south", "east", "west");
  private static final int GOOD_KEYS = 60;
  private static final int DEAD_KEYS = 10;
  private static final int CLIENTS = 64;

  /// What a run found. `outcomes` tells what clients heard, `broken` what must be nothing;
  /// `rotations` are the attempts with dead keys.
  record Report(
      int requests,
      long attempts,
      long rotations,
      Map<String, Long> outcomes,
      Map<String, Long> broken,
      double seconds) {
    /// Attempts a request (P10). To go from a dead key to the next repeats nothing that the
    /// provider failed at.
    double amplification() {
      return (double) (attempts - rotations) / requests;
    }

    /// The most that P10 allows in so many seconds of the program's clock: a tenth on top, and each
    /// provider's floor of three a second, of which the first second's is there at the start.
    double allowed(double seconds) {
      return 1.10 + PROVIDERS.size() * 3 * (seconds + 1) / requests;
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final int requests;
  private final AtomicIntegerArray asked;
  private final List<FaultyUpstream> upstreams;
  private final Program program;
  private final FaultLoad load;
  private volatile FaultDice dice;

  FaultRun(Path dir, int requests, long seed) throws IOException, BadSettings {
    this(dir, requests, seed, Clock.systemUTC());
  }

  /// A run of a program that reads this clock; its alarms ring as on the wall.
  FaultRun(Path dir, int requests, long seed, Clock clock) throws IOException, BadSettings {
    this.requests = requests;
    this.asked = new AtomicIntegerArray(requests);
    this.dice = new FaultDice(seed, false);
    this.upstreams =
        PROVIDERS.stream()
            .map(name -> FaultyUpstream.start(vertx, name, () -> dice, asked))
            .toList();
    this.program = program(dir, clock);
    this.load =
        new FaultLoad(
            vertx,
            new FaultLoad.Door(URI.create(program.url()), AUTH, PROVIDERS),
            () -> dice,
            requests);
    PROVIDERS.forEach(this::addKeys);
  }

  private Program program(Path dir, Clock clock) throws IOException, BadSettings {
    var providers =
        upstreams.stream()
            .map(u -> "  %s: {base-url: '%s', dialect: openai}\n".formatted(u.name(), u.url()))
            .collect(Collectors.joining());
    Files.writeString(
        dir.resolve("one-balance.yaml"),
        "port: 0\n"
            + "data-dir: data\n"
            + "timeout: {attempt-ms: 2000, stream-idle-ms: 2000, wait-ms: 500}\n"
            + "providers:\n"
            + providers);
    var where = new Whereabouts(dir, Map.of("AUTH_KEY", AUTH), Optional.empty());
    var settings =
        new SettingsReader(
                where, new Vet(Catalogue.builtIn()::with, Prices.builtIn()::with, _ -> {}))
            .read()
            .settings();
    return Program.start(settings, new Secret(AUTH), clock, new SecureRandom());
  }

  private void addKeys(String provider) {
    var good = IntStream.range(0, GOOD_KEYS).mapToObj(i -> FaultyUpstream.key(provider, i, false));
    var dead = IntStream.range(0, DEAD_KEYS).mapToObj(i -> FaultyUpstream.key(provider, i, true));
    var keys = Stream.concat(good, dead).map(key -> new Keyring.NewKey(key, "", "")).toList();
    program.keyring().add(provider, keys, "fault run");
  }

  /// From here on every provider answers every request with a fault of its own.
  void failEverything() {
    dice = new FaultDice(dice.seed(), true);
  }

  Report run() throws InterruptedException {
    var began = System.nanoTime();
    load.begin(new FaultLoad.Manner(CLIENTS, requests, 0, 0)).await();
    var seconds = (System.nanoTime() - began) / 1e9;
    var idle = awaitIdle();
    var attempts = IntStream.range(0, requests).mapToLong(asked::get).sum();
    var rotations = upstreams.stream().mapToLong(u -> u.deadKeys.get()).sum();
    return new Report(requests, attempts, rotations, load.outcomes(), broken(idle), seconds);
  }

  private boolean awaitIdle() throws InterruptedException {
    var idle = new CountDownLatch(1);
    var turns = new AtomicInteger();
    vertx.setPeriodic(
        100,
        timer -> {
          if (inFlight() == 0 || turns.incrementAndGet() > 100) {
            vertx.cancelTimer(timer);
            idle.countDown();
          }
        });
    idle.await(30, TimeUnit.SECONDS);
    return inFlight() == 0;
  }

  private long inFlight() {
    return PROVIDERS.stream().mapToLong(name -> program.pools().of(name).inFlight()).sum();
  }

  /// What must be nothing.
  private Map<String, Long> broken(boolean idle) {
    var found = new TreeMap<String, Long>();
    found.put("attempts after the client heard the first byte", late());
    found.put("good keys blocked", blocked("-good"));
    found.put(
        "keys sent to another provider",
        upstreams.stream().mapToLong(u -> u.strangeKeys.get()).sum());
    found.put("slots leaked", idle ? 0 : inFlight());
    found.put(
        "answers neither whole and right nor visibly cut",
        load.outcomes().getOrDefault(FaultLoad.WRONG, 0L));
    return found;
  }

  /// Requests that were asked more often than the head of their answer said.
  private long late() {
    return IntStream.range(0, requests)
        .filter(request -> load.told(request) > 0 && asked.get(request) > load.told(request))
        .count();
  }

  long blocked(String kind) {
    var now = Clock.systemUTC().instant();
    return PROVIDERS.stream()
        .map(program.pools()::of)
        .flatMap(pool ->
            pool.keys().stream()
                .filter(key -> key.secret().reveal().endsWith(kind))
                .map(key -> pool.standing(key.id(), now).orElseThrow()))
        .filter(standing -> standing.state() instanceof State.Blocked)
        .count();
  }

  @Override
  public void close() {
    program.close();
    vertx.close().await();
  }

  static void main(String[] arguments) throws Exception {
    var requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    var seed =
        arguments.length > 1 ? Long.parseLong(arguments[1]) : new SecureRandom().nextInt(1_000_000);
    System.out.printf(
        "seed %d: ./dev bench faults %d %d repeats this run%n%n", seed, requests, seed);
    var faulty = once(requests, seed, false);
    var failing = once(Math.max(1_000, requests / 20), seed, true);
    System.out.printf(
        Locale.ROOT,
        "%nWhen every attempt fails: %.3f attempts a request (P10: at most 1.10, here %.3f with the"
            + " floor of three a second for each provider), and %d with dead keys%n",
        failing.amplification(),
        failing.allowed(failing.seconds()),
        failing.rotations());
    var sound =
        Stream.of(faulty, failing)
            .allMatch(r -> r.broken().values().stream().allMatch(n -> n == 0));
    System.exit(sound && failing.amplification() <= failing.allowed(failing.seconds()) ? 0 : 1);
  }

  private static Report once(int requests, long seed, boolean failing) throws Exception {
    var dir = Files.createTempDirectory("one-balance-faults");
    try (var run = new FaultRun(dir, requests, seed)) {
      if (failing) {
        run.failEverything();
      }
      var report = run.run();
      print(report);
      return report;
    } finally {
      delete(dir);
    }
  }

  private static void print(Report report) {
    System.out.printf(
        Locale.ROOT,
        "| %,d requests, %,d attempts, %.0f s | |%n|---|---|%n",
        report.requests(),
        report.attempts(),
        report.seconds());
    report.outcomes().forEach((name, count) -> System.out.printf("| %s | %,d |%n", name, count));
    report
        .broken()
        .forEach((name, count) -> System.out.printf("| **%s** | **%d** |%n", name, count));
  }

  private static void delete(Path dir) throws IOException {
    try (var files = Files.walk(dir)) {
      for (var file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
    }
  }
}
