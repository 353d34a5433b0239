package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Level;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Adds up the limits of quotas for one model. A quota that several keys share counts once.
public final class Rooms {
  private final Set<Quota> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Kind, Map<Window, Headroom>> sums = new EnumMap<>(Kind.class);
  private final String model;

  public Rooms(String model) {
    this.model = model;
  }

  public void add(Quota quota, long now) {
    if (seen.add(quota)) {
      quota.levels(now).forEach(this::add);
    }
  }

  private void add(Level level) {
    var none = new Headroom(model, level.kind(), level.window(), 0, 0, 0);
    sums.computeIfAbsent(level.kind(), _ -> new EnumMap<>(Window.class))
        .compute(level.window(), (_, sum) -> (sum == null ? none : sum).and(level));
  }

  public List<Headroom> all() {
    return sums.values().stream().flatMap(byWindow -> byWindow.values().stream()).toList();
  }
}
