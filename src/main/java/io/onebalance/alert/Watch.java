package io.onebalance.alert;

import io.onebalance.alert.Alert.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Sees when alerts begin and end. Each is told once when it has lasted for a while, and once more
/// when it has been over for a while; what comes and goes faster is not told.
///
/// Not thread-safe: one thread looks.
public final class Watch {
  /// So many blocked keys are named.
  private static final int NAMED = 5;

  private static final int ALL = 100;

  private record Topic(Kind kind, String subject) {}

  /// A topic that is told or may be: since when it is as it is now, and whether it was told.
  private record Held(boolean on, Instant since, boolean told) {}

  private final Map<Topic, Held> held = new HashMap<>();

  /// What is to be told now.
  public List<Alert> look(Sight sight, Rules rules, Instant now) {
    var look = new Look(rules, now);
    new TreeMap<>(sight.pools()).forEach(look::pool);
    look.blocked(sight.blocked());
    sight.budgets().forEach(look::budget);
    return look.alerts;
  }

  /// One look around.
  private final class Look {
    private final Rules rules;
    private final Instant now;
    private final List<Alert> alerts = new ArrayList<>();

    Look(Rules rules, Instant now) {
      this.rules = rules;
      this.now = now;
    }

    void pool(String provider, Sight.Pool pool) {
      var low = pool.total() > 0 && pool.ready() * ALL < rules.readyPercent() * pool.total();
      lasting(new Topic(Kind.POOL_LOW, provider), low, () -> told(provider, pool));
      var down = pool.served() == 0 && pool.failed() >= rules.failures();
      lasting(
          new Topic(Kind.PROVIDER_DOWN, provider),
          down,
          () ->
              provider
                  + (down
                      ? " failed %d times in the last minute and answered nobody"
                          .formatted(pool.failed())
                      : " answers again"));
    }

    private static String told(String provider, Sight.Pool pool) {
      return "%s: %d of %d keys ready, %d resting, %d blocked"
          .formatted(provider, pool.ready(), pool.total(), pool.resting(), pool.blocked());
    }

    void blocked(List<Sight.Blocked> blocked) {
      var byProvider = new LinkedHashMap<String, List<Sight.Blocked>>();
      blocked.forEach(
          key -> byProvider.computeIfAbsent(key.provider(), _ -> new ArrayList<>()).add(key));
      byProvider.forEach((provider, keys) ->
          tell(new Topic(Kind.KEY_BLOCKED, provider), false, named(provider, keys)));
    }

    private static String named(String provider, List<Sight.Blocked> keys) {
      var names =
          keys.stream().limit(NAMED).map(key -> key.keyId() + " (" + key.why() + ")").toList();
      var more = keys.size() > NAMED ? ", and %d more".formatted(keys.size() - NAMED) : "";
      return "%s: %s blocked: %s%s"
          .formatted(
              provider,
              keys.size() == 1 ? "a key was" : keys.size() + " keys were",
              String.join(", ", names),
              more);
    }

    /// A budget only grows until its period ends, so nothing has to last.
    void budget(Sight.Budget budget) {
      var subject = budget.gatewayKey();
      var spent =
          "%s has spent %d %% of its %s".formatted(called(budget), budget.percent(), budget.name());
      var topic = subject + ": " + budget.name();
      var near = budget.percent() >= rules.budgetPercent() && budget.percent() < ALL;
      once(new Topic(Kind.BUDGET_NEAR, topic), near, subject, spent);
      once(new Topic(Kind.BUDGET_REACHED, topic), budget.percent() >= ALL, subject, spent);
    }

    private static String called(Sight.Budget budget) {
      return budget.title().isEmpty()
          ? budget.gatewayKey()
          : budget.title() + " (" + budget.gatewayKey() + ")";
    }

    private void once(Topic topic, boolean on, String subject, String message) {
      var before = held.get(topic);
      if (!on) {
        held.remove(topic);
      } else if (before == null) {
        held.put(topic, new Held(true, now, true));
        tell(new Topic(topic.kind(), subject), false, message);
      }
    }

    private void lasting(Topic topic, boolean on, Supplier<String> message) {
      var before = held.getOrDefault(topic, new Held(false, now, false));
      var held = before.on() == on ? before : new Held(on, now, before.told());
      if (held.on() != held.told() && !held.since().plus(rules.patience()).isAfter(now)) {
        tell(topic, !on, message.get());
        held = new Held(on, held.since(), on);
      }
      keep(topic, held);
    }

    private void keep(Topic topic, Held now) {
      if (now.on() || now.told()) {
        held.put(topic, now);
      } else {
        held.remove(topic);
      }
    }

    private void tell(Topic topic, boolean over, String message) {
      if (rules.told().contains(topic.kind())) {
        alerts.add(new Alert(topic.kind(), topic.subject(), over, message, now));
      }
    }
  }
}
