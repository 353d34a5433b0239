package io.onebalance.key.roster;

import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the provider last said is left of a key's limits, for each model that was asked for.
/// Guarded by the lock of the pool.
public final class Allowances {
  /// Of more models than these, the one that was not spoken of for the longest is forgotten:
  /// clients name models, and what they name must not fill the memory.
  public static final int MOST = 16;

  /// So long holds what names no end, as what runs at once does.
  public static final Duration UNDATED = Duration.ofMinutes(1);

  private record Said(List<Allowance> allowances, Instant at) {}

  private final Map<String, Said> byModel = new LinkedHashMap<>(4, 0.75f, true);

  /// The newest word counts, and replaces all that was said of this model before.
  void say(String model, List<Allowance> allowances, Instant now) {
    var before = byModel.get(model);
    if (before != null && before.at().isAfter(now)) {
      return;
    }
    byModel.put(model, new Said(List.copyOf(allowances), now));
    if (byModel.size() > MOST) {
      byModel.remove(byModel.keySet().iterator().next());
    }
  }

  /// What still holds of what was said of this model.
  List<Allowance> of(String model, Instant now) {
    var said = byModel.get(model);
    return said == null ? List.of() : holding(said, now);
  }

  /// What still holds, by model in alphabetical order.
  Map<String, List<Allowance>> all(Instant now) {
    var all = new TreeMap<String, List<Allowance>>();
    byModel.forEach((model, said) -> all.put(model, holding(said, now)));
    all.values().removeIf(List::isEmpty);
    return all;
  }

  private static List<Allowance> holding(Said said, Instant now) {
    var undated = said.at().plus(UNDATED).isAfter(now);
    return said.allowances().stream()
        .filter(told -> told.reset().isPresent() ? told.holds(now) : undated)
        .toList();
  }
}
