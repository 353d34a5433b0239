package io.onebalance.simulate.scenario;

import java.util.List;

/// A pretended day: which keys there are, what they may truly do, what goes wrong, and who asks for
/// how much. Lengths and moments are milliseconds.
public record Scenario(
    String title,
    Timing timing,
    Pretended provider,
    List<KeyGroup> keys,
    Demand demand,
    Cluster cluster,
    long seed) {
  public Scenario {
    keys = List.copyOf(keys);
  }

  /// From when on (since 1970), how long, and how long one request may wait for a key.
  public record Timing(long start, long duration, long patience) {
    public long end() {
      return start + duration;
    }
  }

  /// The provider: its name in the catalogue, what it tells of its limits, how long an answer takes
  /// until its first byte and from there to its end, and when it is in trouble.
  public record Pretended(
      String slug, Telling tells, Spread first, Spread rest, List<Fault> faults) {
    public Pretended {
      faults = List.copyOf(faults);
    }
  }

  /// Who asks: how often, how long the prompts and the answers are, and with how many gateway keys.
  public record Demand(List<Load> loads, Spread input, Spread output, int gatewayKeys) {
    public Demand {
      loads = List.copyOf(loads);
    }
  }

  /// How many instances serve it, and how often they tell each other what they learnt; 0 is never.
  public record Cluster(int instances, long exchange) {
    public static final Cluster ALONE = new Cluster(1, 0);
  }

  public int keyCount() {
    return keys.stream().mapToInt(KeyGroup::count).sum();
  }

  /// The same load with other keys.
  public Scenario with(List<KeyGroup> others) {
    return new Scenario(title, timing, provider, others, demand, cluster, seed);
  }

  /// The same with another seed.
  public Scenario with(long otherSeed) {
    return new Scenario(title, timing, provider, keys, demand, cluster, otherSeed);
  }

  /// The same at another time, for another while.
  public Scenario during(long start, long duration) {
    var other = new Timing(start, duration, timing.patience);
    return new Scenario(title, other, provider, keys, demand, cluster, seed);
  }
}
