package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The requests of a log, once more. What the log does not know is as the scenario says on average.
public final class ReplayedArrivals implements Arrivals {
  private final Scenario scenario;
  private final RequestLog log;
  private final List<String> models;
  private final Map<String, Integer> gatewayKeys = new HashMap<>();
  private int next;

  public ReplayedArrivals(Scenario scenario, RequestLog log, List<String> models) {
    this.scenario = scenario;
    this.log = log;
    this.models = models;
  }

  @Override
  public @Nullable Request next() {
    if (next >= log.entries().size()) {
      return null;
    }
    var entry = log.entries().get(next++);
    return new Request(
        next - 1L,
        entry.at(),
        models.indexOf(entry.model()),
        gatewayKeys.computeIfAbsent(entry.gatewayKey(), _ -> gatewayKeys.size()),
        known(entry.input(), scenario.demand().input().median()),
        known(entry.output(), scenario.demand().output().median()),
        known(entry.firstMillis(), scenario.provider().first().median()),
        known(entry.restMillis(), scenario.provider().rest().median()));
  }

  private static long known(long logged, double usual) {
    return logged > 0 ? logged : Math.round(usual);
  }
}
