package io.onebalance.simulate.possible;

import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Arrivals;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Serves in steps of a second whoever has arrived and has not waited too long, in order, up to the
/// sum of what the true quotas leave. Quotas of a kind count as one: no key is in the way of
/// another, and no request needs to fit a single key.
public final class Clairvoyant {
  static final long STEP = 1000;
  private static final long MINUTE = 60_000;

  /// No one step serves more average requests than this of an endless demand.
  private static final int ENDLESS = 10_000_000;

  private final Scenario scenario;
  private final List<Lane> lanes = new ArrayList<>();

  private Clairvoyant(Scenario scenario, Keyring keyring, int models) {
    this.scenario = scenario;
    for (var model = 0; model < models; model++) {
      lanes.add(new Lane(Tier.of(scenario, keyring), new ArrayDeque<>()));
    }
  }

  private record Lane(List<Tier> tiers, Deque<Request> waiting) {}

  /// How many requests could be served, by the minute since the start.
  public static long[] served(Scenario scenario, Keyring keyring, int models, Arrivals arrivals) {
    return new Clairvoyant(scenario, keyring, models).play(arrivals);
  }

  /// How many average requests the quotas would serve if there was always one waiting.
  public static long ceiling(Scenario scenario, Keyring keyring, int models) {
    return new Clairvoyant(scenario, keyring, models).fill();
  }

  private long[] play(Arrivals arrivals) {
    var timing = scenario.timing();
    var served = new long[(int) ((timing.duration() + MINUTE - 1) / MINUTE)];
    var next = arrivals.next();
    for (var since = 0L; since < timing.duration() + timing.patience(); since += STEP) {
      while (next != null && next.at() < timing.start() + since + STEP) {
        lanes.get(next.model()).waiting.add(next);
        next = arrivals.next();
      }
      step(since);
      var minute = (int) Math.min(served.length - 1, since / MINUTE);
      for (var lane : lanes) {
        served[minute] += isDown(since) ? 0 : serve(lane);
      }
    }
    return served;
  }

  private void step(long since) {
    var now = scenario.timing().start() + since;
    for (var lane : lanes) {
      lane.tiers.forEach(tier -> tier.step(now, since));
      while (!lane.waiting.isEmpty()
          && lane.waiting.getFirst().at() + scenario.timing().patience() < now) {
        lane.waiting.removeFirst();
      }
    }
  }

  private boolean isDown(long since) {
    return scenario.provider().faults().stream()
        .anyMatch(fault -> fault.share() >= 1 && fault.runs(since));
  }

  /// A request that does not fit lets smaller ones behind it go first, where tokens are counted.
  private int serve(Lane lane) {
    var served = 0;
    var waiting = lane.waiting.iterator();
    while (waiting.hasNext()) {
      var request = waiting.next();
      if (takes(lane, (double) request.input(), (double) request.output())) {
        waiting.remove();
        served++;
      } else if (!countsTokens()) {
        return served;
      }
    }
    return served;
  }

  private boolean countsTokens() {
    return scenario.keys().stream()
        .flatMap(group -> group.plan().limits().stream())
        .anyMatch(limit ->
            switch (limit.kind()) {
              case REQUESTS, CONCURRENT -> false;
              case TOKENS, INPUT_TOKENS, OUTPUT_TOKENS -> true;
            });
  }

  private static boolean takes(Lane lane, double input, double output) {
    for (var tier : lane.tiers) {
      if (tier.fits(input, output)) {
        tier.spend(input, output);
        return true;
      }
    }
    return false;
  }

  private long fill() {
    var input = scenario.demand().input().mean();
    var output = scenario.demand().output().mean();
    var served = 0L;
    for (var since = 0L; since < scenario.timing().duration(); since += STEP) {
      step(since);
      for (var lane : lanes) {
        var now = 0;
        while (!isDown(since) && now < ENDLESS && takes(lane, input, output)) {
          now++;
        }
        served += now;
      }
    }
    return served;
  }
}
