package io.onebalance;

import io.onebalance.access.limit.Elsewhere;
import io.onebalance.access.limit.Spendings;
import io.onebalance.cluster.Cluster;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.State;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Slot;
import io.onebalance.program.Company;
import io.onebalance.program.ground.OpenStore;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// How long until three instances on one PostgreSQL all know what one of them edited or learnt:
/// when messages come, and when only numbers are looked up. `NewsFigures [TIMES]` measures each
/// kind of news so often (`./dev bench news`).
final class NewsFigures implements AutoCloseable {
  private static final String MODEL = "any";
  private static final int TIMES = 1_000;
  private static final long WANTED_MS = 1_000;

  /// News come one after the other, up to so many milliseconds apart.
  private static final int APART = 20;

  /// What happens to a key at one instance, and what the others then know.
  enum Kind {
    EDIT,
    BLOCK,
    COOLDOWN,
    LIMIT
  }

  /// How long each took until all knew, in nanoseconds, in order.
  record Told(Kind kind, boolean hears, List<Long> nanos) {
    long millis(int percent) {
      return TimeUnit.NANOSECONDS.toMillis(nanos.get((nanos.size() - 1) * percent / 100));
    }
  }

  private record Instance(OpenStore store, Optional<Cluster> cluster) {
    Pool pool() {
      return store.pools().of("groq");
    }
  }

  private record Awaited(Kind kind, String id, long since) {}

  private final InstantSource clock = InstantSource.system();
  private final SplittableRandom chance = new SplittableRandom(18);
  private final List<Instance> all;
  private final boolean hears;

  private NewsFigures(Path dir, boolean hears) {
    this.hears = hears;
    this.all = IntStream.range(0, 3).mapToObj(n -> opened(dir, n)).toList();
  }

  private Instance opened(Path dir, int n) {
    var storage =
        new Settings.Storage(
            dir.resolve("instance-" + n),
            PostgresServer.urlFor(dir) + (hears ? "" : "?pgbouncer=true"),
            Optional.of(new Secret(Instances.MASTER)),
            dir.resolve("none"));
    var store = OpenStore.open(storage, () -> new Policy(2, 5), clock, _ -> {});
    var cluster = Company.join(store, new Spendings(Elsewhere.NOWHERE), clock);
    cluster.ifPresent(Cluster::begin);
    return new Instance(store, cluster);
  }

  /// Measures each kind of news so often.
  static List<Told> run(Path dir, boolean hears, int times) throws IOException {
    Files.createDirectories(dir);
    try (var figures = new NewsFigures(dir, hears)) {
      var told = new ArrayList<Told>();
      for (var kind : Kind.values()) {
        told.add(new Told(kind, hears, figures.nanos(kind, times)));
      }
      return told;
    }
  }

  /// Each piece of news is about another key, and comes from another instance than the one before.
  private List<Long> nanos(Kind kind, int times) {
    var ids = ids(kind, times);
    all.forEach(it -> beginToCount(it.pool(), ids.getFirst()));
    var took = new ArrayList<Long>();
    var awaited = new ArrayList<Awaited>();
    var next = System.nanoTime();
    for (var i = 0; i < times || !awaited.isEmpty(); ) {
      if (i < times && System.nanoTime() >= next) {
        var id = ids.get(i);
        awaited.add(new Awaited(kind, id, System.nanoTime()));
        happens(kind, all.get(i % all.size()), id);
        next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(chance.nextInt(APART));
        i++;
      }
      note(awaited.iterator(), took);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
    }
    Collections.sort(took);
    return took;
  }

  /// Limits are noticed from the second request of a model on.
  private void beginToCount(Pool pool, String id) {
    var now = clock.instant();
    settle(take(pool, id, now), new Verdict.Served(), now);
  }

  private void note(Iterator<Awaited> awaited, List<Long> took) {
    while (awaited.hasNext()) {
      var one = awaited.next();
      if (all.stream().allMatch(it -> isKnown(it.pool(), one))) {
        took.add(System.nanoTime() - one.since);
        awaited.remove();
      }
    }
  }

  private List<String> ids(Kind kind, int times) {
    var keys = IntStream.range(0, times).mapToObj(n -> new NewKey(kind + "-" + n, "", "")).toList();
    all.getFirst().store.keyring().add("groq", keys, "me");
    var pool = all.getFirst().pool();
    var ids =
        pool.keys().stream()
            .filter(key -> key.secret().reveal().startsWith(kind + "-"))
            .map(key -> key.id())
            .toList();
    while (!all.stream().allMatch(it -> it.pool().size() == pool.size())) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return ids;
  }

  private void happens(Kind kind, Instance at, String id) {
    var now = clock.instant();
    switch (kind) {
      case EDIT -> at.store.keyring().block(new Selection.Ids(List.of(id)), "by hand", "me");
      case BLOCK -> settle(take(at.pool(), id, now), new Verdict.Dead("invalid"), now);
      case COOLDOWN -> {
        var rest = Optional.of(Duration.ofMinutes(10));
        settle(
            take(at.pool(), id, now),
            new Verdict.Limited(Window.UNKNOWN, rest, Optional.empty()),
            now);
      }
      case LIMIT -> {
        var slot = take(at.pool(), id, now);
        var until = Optional.of(now.plusSeconds(60));
        slot.told(
            List.of(new Allowance(Allowance.Kind.REQUESTS, Window.MINUTE, 77, 70, until)), now);
        settle(slot, new Verdict.Served(), now);
      }
    }
  }

  private static Slot take(Pool pool, String id, Instant now) {
    return switch (pool.chooseOnly(id, MODEL, now)) {
      case Choice.Chosen(var slot) -> slot;
      case Choice other -> throw new IllegalStateException(other.toString());
    };
  }

  private static void settle(Slot slot, Verdict verdict, Instant now) {
    slot.settle(new Outcome.Judged(verdict, Duration.ofMillis(1)), now);
  }

  private boolean isKnown(Pool pool, Awaited one) {
    var now = clock.instant();
    var standing = pool.standing(one.id, now).orElseThrow();
    return switch (one.kind) {
      case EDIT, BLOCK -> standing.state() instanceof State.Blocked;
      case COOLDOWN -> !standing.coolings().isEmpty();
      case LIMIT ->
          pool.limits().quotas(one.id, MODEL, now).stream().anyMatch(it -> it.limit() == 77);
    };
  }

  @Override
  public void close() {
    for (var one : all) {
      one.cluster.ifPresent(Cluster::close);
      one.store.close();
    }
  }

  static void main(String... arguments) throws IOException {
    var times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TIMES;
    var dir = Files.createTempDirectory("news");
    var told = new ArrayList<>(run(dir.resolve("hears"), true, times));
    told.addAll(run(dir.resolve("deaf"), false, times));
    System.out.println("| News | Heard of by | p50 ms | p99 ms | most |\n|---|---|---|---|---|");
    for (var one : told) {
      System.out.printf(
          "| %s | %s | %d | %d | %d |%n",
          one.kind.name().toLowerCase(Locale.ROOT),
          one.hears ? "message" : "looking",
          one.millis(50),
          one.millis(99),
          one.millis(100));
    }
    System.exit(told.stream().allMatch(one -> one.millis(99) <= WANTED_MS) ? 0 : 1);
  }
}
