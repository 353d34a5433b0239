package io.onebalance.relay.matrix;

import io.onebalance.key.State;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What must hold whatever happens, and what did not.
final class Rules {
  /// Alarms of the program ring up to two of its ticks late.
  private static final Duration LATE = Duration.ofMillis(100);

  /// After so many indefinite refusals the request is to blame (F27).
  private static final int DOUBTS = 3;

  /// A refusal that asks for no more than this, while other requests ran, is thought to be about
  /// those: then there is room as soon as one of them ends.
  private static final Duration CALL = Duration.ofSeconds(10);

  private final World world;
  private final List<String> broken = new ArrayList<>();
  private final Map<Integer, Instant> over = new HashMap<>();
  private final Map<Integer, Instant> left = new HashMap<>();

  Rules(World world) {
    this.world = world;
  }

  /// The client leaves now.
  void left(PretendClient client) {
    left.put(client.number(), world.time.instant());
  }

  void broke(PretendClient client, Throwable failure) {
    broken.add("request " + client.number() + " broke: " + failure);
  }

  void ended(PretendClient client, Asked asked) {
    var now = world.time.instant();
    hold(over.put(client.number(), now) == null, "it ended twice", client);
    hold(!now.isAfter(client.deadline().plus(LATE)), "P1: it ended behind its time", client);
    var gone = left.get(client.number());
    if (gone != null && !(asked.ending() instanceof Ending.Opened)) {
      hold(!now.isAfter(gone.plus(LATE)), "F37: it went on without its client", client);
    }
    if (asked.ending() instanceof Ending.Exhausted(var refusal)
        && refusal.code().equals("all_keys_cooling")) {
      hold(
          refusal.retryAfter().filter(Duration::isPositive).isPresent(),
          "F20: it is not told when to come back",
          client);
    }
  }

  /// What was broken, all in all. `quiet`: nothing is left to happen.
  List<String> broken(boolean quiet) {
    broken.addAll(world.wire.broken());
    hold(quiet, "something still waits for its time");
    hold(over.size() == world.clients.size(), "not every request ended: " + over.size());
    hold(world.wire.open() == 0, "F37: answers are left open: " + world.wire.open());
    hold(world.failover.resting() == 0, "requests rest on: " + world.failover.resting());
    world.clients.forEach(this::attempts);
    world.upstreams.forEach(this::afterwards);
    return List.copyOf(broken);
  }

  private void afterwards(Upstream upstream) {
    var pool = world.pools.of(upstream.slug());
    hold(pool.inFlight() == 0, "F37: slots are left taken: " + pool.inFlight());
    hold(world.lines.of(pool).waiting() == 0, "somebody is left in line");
    repeats(upstream);
    for (var key : upstream.keys()) {
      var state = pool.standing(key.id(), world.time.instant()).orElseThrow().state();
      var mayBeOut =
          key.nature() == PretendKey.Nature.DEAD || key.nature() == PretendKey.Nature.DOUBTFUL;
      hold(
          mayBeOut || state instanceof State.Active,
          "P12, F24, F27: " + key.id() + " works and is " + state);
      hold(!(state instanceof State.SetAside), "F27: " + key.id() + " was never told of its guilt");
      dead(key);
      limits(key);
    }
  }

  /// Tells of every attempt of a request that should not have been. Of a hedged one each way goes
  /// on by itself.
  private void attempts(PretendClient client) {
    var own = world.wire.attempts().stream().filter(it -> it.client.equals(client)).toList();
    var finished = new HashSet<PretendKey>();
    var doubts = 0;
    var over = over(client);
    for (var attempt : own) {
      var means = attempt.shape.means();
      hold(!attempt.at.isAfter(over), "P11, F4: it was asked again after its answer", client);
      if (means.isLast() || (means == Means.UNANSWERED && !client.repeatable())) {
        hold(
            own.getLast() == attempt || client.hedged(),
            "F17, F23: it was asked again after " + means,
            client);
      }
      hold(
          !finished.contains(attempt.key) || client.hedged(),
          "it came twice to " + attempt.key.id(),
          client);
      if (means.isFinal()) {
        finished.add(attempt.key);
      }
      doubts += means == Means.DOUBTED ? 1 : 0;
    }
    hold(
        doubts <= DOUBTS + (client.hedged() ? DOUBTS : 0),
        "F27: " + doubts + " keys doubted",
        client);
  }

  /// When it was clear what its client hears.
  private Instant over(PretendClient client) {
    return over.getOrDefault(client.number(), Instant.MAX);
  }

  /// A key that was refused for good is never asked again.
  private void dead(PretendKey key) {
    var refused = Instant.MAX;
    for (var attempt : world.wire.attempts()) {
      if (attempt.key == key) {
        hold(!attempt.at.isAfter(refused), "P12, F22: " + key.id() + " was asked after its end");
        if (attempt.shape.means() == Means.DEAD && attempt.told.isBefore(refused)) {
          refused = attempt.told;
        }
      }
    }
  }

  /// A key that is limited is left alone for as long as it was told.
  private void limits(PretendKey key) {
    var own = world.wire.attempts().stream().filter(it -> it.key == key).toList();
    for (var refused : own) {
      var rest = rest(refused.shape);
      if (rest.compareTo(CALL) > 0 && refused.told.isBefore(Instant.MAX)) {
        var end = refused.told.plus(rest);
        var early = own.stream().filter(it -> it.at.isAfter(refused.told) && it.at.isBefore(end));
        hold(early.findAny().isEmpty(), "F19: " + key.id() + " was asked within its rest");
      }
    }
  }

  private static Duration rest(Shape shape) {
    if (shape instanceof Shape.Answers answer
        && answer.means() == Means.LIMITED
        && answer.fields().size() == 2
        && answer.fields().getLast().matches("retry-after: \\d{1,2}")) {
      return Duration.ofSeconds(Long.parseLong(answer.fields().getLast().substring(13)));
    }
    return Duration.ZERO;
  }

  /// Repeats after failures of the provider are a tenth of its requests, or three a second (P10).
  private void repeats(Upstream upstream) {
    var asked = new HashMap<Integer, Integer>();
    var first = Instant.MAX;
    var last = Instant.MIN;
    for (var attempt : world.wire.attempts()) {
      if (attempt.client.provider().equals(upstream.slug()) && attempt.shape.means().isFault()) {
        asked.merge(attempt.client.number(), 1, Integer::sum);
        first = attempt.at.isBefore(first) ? attempt.at : first;
        last = attempt.at.isAfter(last) ? attempt.at : last;
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    var repeats = asked.values().stream().mapToInt(faults -> faults - 1).sum();
    var requests =
        world.clients.stream().filter(it -> it.provider().equals(upstream.slug())).count();
    var allowed = requests / 10.0 + 3 * (Duration.between(first, last).toSeconds() + 2);
    hold(
        repeats <= allowed,
        "P10: %d repeats at %s, %.0f allowed".formatted(repeats, upstream.slug(), allowed));
  }

  private void hold(boolean does, String what) {
    if (!does) {
      broken.add(what);
    }
  }

  private void hold(boolean does, String what, PretendClient client) {
    hold(does, "request " + client.number() + ": " + what);
  }
}
