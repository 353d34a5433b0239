package io.onebalance.served;

import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.sandbox.script.Script;
import io.onebalance.simulate.scenario.Trouble;
import io.onebalance.simulate.world.PretendKey;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// The sandbox in a process of its own, playing a scenario. It says where it listens, and answers
/// what it is told on its standard input: `begin MILLIS` (when the scenario begins, in real time)
/// and `tell` (how often it was asked for what; before, during and after each time of trouble).
final class PretendProvider {
  static final String TOLD = "asked";

  private final Vertx vertx = Vertx.vertx();
  private final Script script = new Script();
  private final Clock clock = Clock.systemUTC();
  private final Truth truth;
  private final List<Long> marks = new ArrayList<>();
  private final Sandbox sandbox;

  private PretendProvider(Truth truth) {
    this.truth = truth;
    script.windows(Lens.WINDOWS);
    sandbox = Sandbox.start(vertx, script, clock).await();
  }

  static void main(String[] arguments) throws Exception {
    var provider = new PretendProvider(Truth.of(arguments[0]));
    say("pretends at " + provider.sandbox.url());
    try (var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (var line = told.readLine(); line != null; line = told.readLine()) {
        provider.follow(line.split(" ", -1));
      }
    }
    System.exit(0);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void follow(String[] words) {
    switch (words[0]) {
      case "begin" -> begin(Long.parseLong(words[1]));
      case "tell" -> tell();
      default -> throw new IllegalArgumentException(words[0]); // only the bench speaks here
    }
  }

  /// What was asked until now is of no scenario.
  private void begin(long real) {
    var lens = new Lens(truth.scenario().timing().start(), real);
    play(0);
    sandbox.seen().forget();
    for (var turn : turns()) {
      at(lens, turn, () -> play(turn));
    }
    for (var fault : truth.scenario().provider().faults()) {
      at(lens, fault.from(), this::mark);
      at(lens, fault.from() + fault.lasts(), this::mark);
    }
    say("begins");
  }

  private void at(Lens lens, long sinceStart, Runnable task) {
    var real = lens.shown(truth.scenario().timing().start() + sinceStart);
    vertx.setTimer(Math.max(1, real - clock.millis()), _ -> task.run());
  }

  private void mark() {
    synchronized (marks) {
      marks.add(sandbox.seen().count());
    }
  }

  private void tell() {
    synchronized (marks) {
      var line = new StringBuilder(TOLD).append(' ').append(sandbox.seen().count());
      marks.forEach(mark -> line.append(' ').append(mark));
      say(line.toString());
    }
  }

  /// When what a key does or may do becomes another: milliseconds since the start.
  private SortedSet<Long> turns() {
    var turns = new TreeSet<Long>();
    for (var fault : truth.scenario().provider().faults()) {
      turns.add(fault.from());
      turns.add(fault.from() + fault.lasts());
    }
    for (var key : truth.keyring().keys()) {
      key.group().plan().changes().forEach(change -> turns.add(change.at()));
      if (key.flaps()) {
        flaps(key, turns);
      }
    }
    return turns;
  }

  private void flaps(PretendKey key, SortedSet<Long> turns) {
    var flapping = key.group().ailments().flapping();
    var round = flapping.up() + flapping.down();
    for (var up = -key.phase(); up < truth.scenario().timing().duration(); up += round) {
      turns.add(Math.max(0, up));
      turns.add(Math.max(0, up + flapping.up()));
    }
  }

  /// From now on all keys are as they are at this time since the start.
  private void play(long since) {
    for (var key : truth.keyring().keys()) {
      var text = Truth.text(key);
      if (key.group().sharing().projects() > 0) {
        script.project("project-" + key.account(), text);
      }
      script.limit(Match.key(text), Truth.quota(key, since));
      script.key(text, fault(key, since));
    }
  }

  private Fault fault(PretendKey key, long since) {
    if (key.dead()) {
      return Fault.dead();
    }
    for (var trouble : truth.scenario().provider().faults()) {
      if (trouble.runs(since)) {
        return fault(trouble.answer());
      }
    }
    return key.isUp(since)
        ? new Fault.Late(Duration.ofMillis(truth.answerMillis()))
        : fault(key.group().ailments().flapping().answer());
  }

  private static Fault fault(Trouble trouble) {
    return switch (trouble) {
      case OVERLOADED -> Fault.overloaded();
      case FAULTED -> Fault.broken();
      case LIMITED, DOUBTED ->
          throw new IllegalArgumentException(
              trouble.name().toLowerCase(Locale.ROOT) + " is not played on sockets");
    };
  }
}
