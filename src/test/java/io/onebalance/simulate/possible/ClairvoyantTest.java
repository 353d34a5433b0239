package io.onebalance.simulate.possible;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.simulate.scenario.BadScenario;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.ScenarioFile;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClairvoyantTest {
  private static final int SECONDS = 180;

  @ParameterizedTest
  @CsvSource({"1, 2, 9, rolling", "2, 1, 9, rolling", "1, 3, 12, clock", "2, 2, 12, clock"})
  void it_serves_as_many_as_the_best_of_all_plans(int keys, int limit, int requests, String minute)
      throws BadScenario {
    var scenario = scenario(keys, limit, minute, 20);
    var chance = new SplittableRandom(3);
    for (var round = 0; round < 150; round++) {
      var arrivals = arrivals(scenario, requests, chance);
      var best = new Best(keys * limit, minute.equals("clock"), arrivals).served(0, List.of());
      assertThat(served(scenario, arrivals)).as("%s", arrivals).isEqualTo(best);
    }
  }

  @Test
  void who_waited_too_long_is_not_served() throws BadScenario {
    var scenario = scenario(1, 1, "clock", 10);
    var start = scenario.timing().start();
    var arrivals = List.of(request(start), request(start + 49_000), request(start + 51_000));
    assertThat(served(scenario, arrivals)).isEqualTo(2);
  }

  @Test
  void a_fault_of_all_answers_leaves_nothing_possible() throws BadScenario {
    var scenario =
        ScenarioFile.read(
            """
            duration: 3m
            wait: 0s
            quotas: {free: {requests-per-minute: 10}}
            keys: {count: 1, quota: free}
            load: {rate: 1/s}
            faults: {from: 60s, lasts: 60s}
            """);
    var start = scenario.timing().start();
    var arrivals = List.of(request(start), request(start + 70_000), request(start + 130_000));
    assertThat(Clairvoyant.served(scenario, Keyring.of(scenario), 1, from(arrivals)))
        .containsExactly(1, 0, 1);
  }

  @Test
  void an_endless_demand_is_served_up_to_the_quotas() throws BadScenario {
    var scenario =
        ScenarioFile.read(
            """
            start: 2026-01-05T00:00:00Z
            duration: 24h
            quotas:
              free: {requests-per-minute: 10, requests-per-day: 100, day: UTC}
              paid: {requests-per-minute: 2}
            keys: [{count: 10, quota: free, dead: 10%}, {count: 3, quota: paid, others: 50%}]
            load: {rate: 1/s}
            """);
    assertThat(Clairvoyant.ceiling(scenario, Keyring.of(scenario), 1))
        .isBetween(9 * 100 + 3 * 1440L, 9 * 100 + 3 * 1440L + 3);
  }

  private static long served(Scenario scenario, List<Request> arrivals) {
    var served = Clairvoyant.served(scenario, Keyring.of(scenario), 1, from(arrivals));
    return Arrays.stream(served).sum();
  }

  private static io.onebalance.simulate.world.Arrivals from(List<Request> arrivals) {
    Iterator<Request> left = arrivals.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  private static Scenario scenario(int keys, int limit, String minute, int wait)
      throws BadScenario {
    return ScenarioFile.read(
        """
        duration: %ds
        wait: %ds
        quotas: {free: {requests-per-minute: %d, minute: %s}}
        keys: {count: %d, quota: free}
        load: {rate: 1/s}
        """
            .formatted(SECONDS, wait, limit, minute, keys));
  }

  /// On whole seconds, so that steps of a second lose nothing.
  private static List<Request> arrivals(Scenario scenario, int count, SplittableRandom chance) {
    var arrivals = new ArrayList<Request>();
    for (var second : chance.ints(count, 0, SECONDS).sorted().toArray()) {
      arrivals.add(request(scenario.timing().start() + 1000L * second));
    }
    return arrivals;
  }

  private static Request request(long at) {
    return new Request(0, at, 0, 0, 1, 1, 1, 1);
  }

  /// Tries every plan: whether each request is served, and in which of the seconds it may wait.
  private record Best(int limit, boolean clock, List<Request> requests) {
    long served(int from, List<Long> taken) {
      if (from == requests.size()) {
        return 0;
      }
      var best = 0L;
      var at = requests.get(from).at();
      for (var time = at; time <= at + 20_000; time += 1000) {
        if (fits(taken, time)) {
          var more = new ArrayList<>(taken);
          more.add(time);
          best = Math.max(best, 1 + served(from + 1, more));
          break; // whoever is served is best served as soon as there is room
        }
      }
      return Math.max(best, from + 1 < requests.size() ? served(from + 1, taken) : 0);
    }

    private boolean fits(List<Long> taken, long time) {
      return taken.stream().filter(other -> isSameWindow(other, time)).count() < limit;
    }

    private boolean isSameWindow(long a, long b) {
      return clock ? a / 60_000 == b / 60_000 : Math.abs(a - b) < 60_000;
    }
  }
}
