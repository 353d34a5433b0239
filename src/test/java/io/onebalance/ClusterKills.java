package io.onebalance;

import static io.onebalance.FarProvider.AUTH;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// Three instances on one PostgreSQL with ten thousand keys, under load and edits; a random one is
/// killed again and again. Keys are added, blocked and deleted, and some turn out to be dead.
/// `ClusterKills [KILLS [SEED]]` does so, tells what it found, and ends with 1 where something was
/// lost or blocked wrongly, or where more starts than [#MOST_LATE] took longer than they may.
final class ClusterKills {
  /// What must hold, and how long it took until a killed one was ready again, in milliseconds.
  /// `lost` are the keys whose acknowledged edit is not there: one that was added is gone, one that
  /// was blocked is not, one that was deleted is.
  record Told(
      Set<String> lost,
      Set<String> wronglyBlocked,
      int unservedByOthers,
      int acknowledged,
      List<Long> ready) {
    /// What so many percent of the starts did not exceed.
    long readyWithin(int percent) {
      var sorted = ready.stream().sorted().toList();
      return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
    }

    long late() {
      return ready.stream().filter(took -> took > WANTED_READY).count();
    }

    boolean isWell() {
      return lost.isEmpty()
          && wronglyBlocked.isEmpty()
          && unservedByOthers == 0
          && late() * 100 <= ready.size() * MOST_LATE;
    }
  }

  /// What becomes of a key after it was added.
  private enum Fate {
    STAYS,
    BLOCKED,
    DELETED
  }

  /// In milliseconds.
  private static final long WANTED_READY = 2_000;

  /// Of a hundred starts so many may be later: all three instances, those who load them, the
  /// database and the provider share one machine.
  private static final long MOST_LATE = 5;

  /// One key of so many is dead.
  private static final int DEAD = 20;

  private static final String BLOCKED = "blocked";
  private static final int OK = 200;
  private static final String BLOCK = "{\"status\":\"blocked\"}";

  private static final int KEYS = 10_000;

  /// Between two chats at one instance, in milliseconds: those who start need the processor too.
  private static final long BREATH = 40;

  /// The same between two edits, each of which asks three times.
  private static final long BETWEEN_EDITS = 300;

  /// Of all instances, between two kills.
  private static final int SERVED = 12;

  private static final int EDITED = 2;

  /// Who waits for long hears how far it is, after so many.
  private static final int TELLING = 50;

  private final Instances all;
  private final Random chance;
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<Thread> work = new ArrayList<>();
  private final List<Long> ready = new ArrayList<>();

  // what follows is guarded by this
  /// Acknowledged as added, and nobody was asked to delete them.
  private final Set<String> added = new HashSet<>();

  private final Set<String> blocked = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();

  /// Those that may be blocked: dead ones, and those that somebody was asked to block.
  private final Set<String> mayBeBlocked = new HashSet<>();

  private int acknowledged;
  private long served;
  private int unserved;
  private boolean ended;

  /// The one that is being killed; nobody minds what it fails.
  private int victim = -1;

  private ClusterKills(Path dir, Random chance) {
    this.all = new Instances(dir, "");
    this.chance = chance;
  }

  static Told run(Path dir, int kills, Random chance) throws InterruptedException {
    var kill = new ClusterKills(dir, chance);
    try {
      return kill.run(kills);
    } finally {
      kill.end();
      kill.all.close();
    }
  }

  private Told run(int kills) throws InterruptedException {
    StartCache.make();
    for (var n = 0; n < 3; n++) {
      all.start(PostgresServer.port());
    }
    var first = IntStream.range(0, KEYS).mapToObj(n -> named("gsk-first-", n)).toList();
    if (!added(0, String.join("\n", first))) {
      throw new IllegalStateException("the first keys were refused");
    }
    first.forEach(this::noteAdded);
    all.running.forEach(it -> {
      while (all.chat(it.url()) != 200) {
        Thread.onSpinWait();
      }
    });
    for (var n = 0; n < 3; n++) {
      var mine = n;
      work.add(Thread.startVirtualThread(() -> load(mine)));
      work.add(Thread.startVirtualThread(() -> edit(mine)));
    }
    for (var i = 1; i <= kills; i++) {
      killOne();
      if (i % TELLING == 0) {
        tellHowFar(i);
      }
    }
    end();
    return told();
  }

  private synchronized void tellHowFar(int kills) {
    System.out.printf(
        "%,d kills: %,d acknowledged edits, requests failed at others %d, the last one ready after"
            + " %d ms%n",
        kills, acknowledged, unserved, ready.getLast());
  }

  private void end() throws InterruptedException {
    becomes(-1, true);
    for (var one : work) {
      one.join();
    }
  }

  private void killOne() throws InterruptedException {
    awaitMore();
    var chosen = chance.nextInt(3);
    becomes(chosen, false);
    all.running.get(chosen).kill();
    var began = System.nanoTime();
    all.restartAtLast(chosen);
    ready.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    becomes(-1, false);
  }

  private synchronized void becomes(int nextVictim, boolean isEnd) {
    victim = nextVictim;
    ended |= isEnd;
    notifyAll();
  }

  /// Something is done between two kills.
  private synchronized void awaitMore() throws InterruptedException {
    var before = served;
    var edits = acknowledged;
    while (served < before + SERVED || acknowledged < edits + EDITED) {
      wait(BREATH);
    }
  }

  /// Whether to ask this one again: after so many milliseconds, and once it is back.
  private synchronized boolean goesOn(int n, long breath) {
    try {
      var due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(breath);
      for (var rest = breath; !ended && (rest > 0 || victim == n); ) {
        wait(Math.max(rest, 1));
        rest = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
      }
      return !ended;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void noteServed() {
    served++;
  }

  private synchronized void noteAdded(String key) {
    added.add(key);
    acknowledged++;
  }

  private synchronized void noteBlocking(String key) {
    mayBeBlocked.add(key);
  }

  private synchronized void noteBlocked(String key) {
    blocked.add(key);
    acknowledged++;
  }

  private synchronized void noteDeleting(String key) {
    added.remove(key);
  }

  private synchronized void noteDeleted(String key) {
    deleted.add(key);
    acknowledged++;
  }

  /// Some of them are dead.
  private String named(String beginning, int number) {
    var key = beginning + number;
    if (number % DEAD == DEAD - 1) {
      all.provider.script.key(key, Fault.dead());
      noteBlocking(key);
    }
    return key;
  }

  private synchronized void noteUnserved(int n, String url) {
    if (victim != n && url.equals(all.running.get(n).url())) {
      unserved++;
    }
  }

  private void load(int n) {
    while (goesOn(n, BREATH)) {
      var url = all.running.get(n).url();
      if (all.chat(url) == 200) {
        noteServed();
      } else {
        noteUnserved(n, url);
      }
    }
  }

  private void edit(int n) {
    while (goesOn(n, BETWEEN_EDITS)) {
      var number = numbers.incrementAndGet();
      var key = named("gsk-", number);
      if (added(n, key)) {
        noteAdded(key);
        meet(Fate.values()[number % Fate.values().length], all.running.get(n), key);
      }
    }
  }

  private void meet(Fate fate, Child at, String key) {
    try {
      switch (fate) {
        case STAYS -> {}
        case BLOCKED -> id(at, key).ifPresent(id -> block(at, id, key));
        case DELETED -> id(at, key).ifPresent(id -> delete(at, id, key));
      }
    } catch (UncheckedIOException killed) {
      // Nothing was acknowledged.
    }
  }

  private void block(Child at, String id, String key) {
    noteBlocking(key);
    if (all.patch(at, id, BLOCK) == OK) {
      noteBlocked(key);
    }
  }

  private void delete(Child at, String id, String key) {
    noteDeleting(key);
    if (all.delete(at, id) == OK) {
      noteDeleted(key);
    }
  }

  /// Empty where the instance has no time to tell.
  private static Optional<String> id(Child at, String key) {
    var found = at.get("/api/keys?provider=groq&limit=1&q=" + key, AUTH).body();
    return JsonMapper.shared().readTree(found).path("keys").path(0).path("id").stringValueOpt();
  }

  private boolean added(int n, String key) {
    var at = all.running.get(n);
    try {
      var request =
          at.to("/api/keys/add/groq", AUTH)
              .header("content-type", "text/plain")
              .POST(BodyPublishers.ofString(key));
      return at.send(request, BodyHandlers.ofString()).statusCode() == OK;
    } catch (UncheckedIOException killed) {
      return false;
    }
  }

  private synchronized Told told() {
    var stored = stored(all.running.getFirst());
    var lost = new HashSet<String>();
    added.stream().filter(key -> !stored.containsKey(key)).forEach(lost::add);
    blocked.stream().filter(key -> !BLOCKED.equals(stored.get(key))).forEach(lost::add);
    deleted.stream().filter(stored::containsKey).forEach(lost::add);
    var wrongly = new HashSet<String>();
    stored.forEach((key, status) -> {
      if (status.equals(BLOCKED) && !mayBeBlocked.contains(key)) {
        wrongly.add(key);
      }
    });
    return new Told(lost, wrongly, unserved, acknowledged, List.copyOf(ready));
  }

  /// The keys themselves with their status, as the key API reveals them.
  private static Map<String, String> stored(Child at) {
    var request =
        at.to("/api/keys/export", AUTH)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{\"reveal\":true}"));
    return at.send(request, BodyHandlers.ofLines())
        .body()
        .map(JsonMapper.shared()::readTree)
        .collect(
            Collectors.toMap(
                line -> line.path("key").asString(""), line -> line.path("status").asString("")));
  }

  static void main(String... arguments) throws IOException, InterruptedException {
    var kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    var seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 16;
    var began = System.nanoTime();
    var told = run(Files.createTempDirectory("cluster"), kills, new Random(seed));
    System.out.printf(
        "%,d kills in %,d s: %,d acknowledged edits, lost %s, wrongly blocked %s, requests failed"
            + " at others %d; ready after %d ms (p50), %d (p95), %d (p99), %d (most), %d later than"
            + " %d ms, of which %d %% may be%n",
        kills,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
        told.acknowledged,
        told.lost,
        told.wronglyBlocked,
        told.unservedByOthers,
        told.readyWithin(50),
        told.readyWithin(95),
        told.readyWithin(99),
        told.readyWithin(100),
        told.late(),
        WANTED_READY,
        MOST_LATE);
    System.exit(told.isWell() ? 0 : 1);
  }
}
