package io.onebalance.sandbox.script;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.quota.Quota;
import io.onebalance.sandbox.quota.WindowLengths;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the sandbox does with which request. Thread-safe; may be changed while requests run. Of
/// rules that match, the one set last counts; without one, the names of key and model decide, and
/// else all goes well.
public final class Script {
  private record Rule(Match match, Outcomes outcomes) {}

  private record Limit(Match match, Quota quota) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Limit> limits = new CopyOnWriteArrayList<>();
  private final Map<String, String> projects = new ConcurrentHashMap<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final NamedBehaviours behaviours = new NamedBehaviours();
  private volatile boolean onlyKnown;
  private volatile Pace pace = Pace.QUICK;
  private volatile WindowLengths windows = WindowLengths.REAL;

  /// These outcomes in order for what matches; the last one goes on for ever.
  public synchronized Script play(Match match, Fault... outcomes) {
    know(match.key());
    rules.addFirst(new Rule(match, Outcomes.of(outcomes)));
    older(rules).removeIf(rule -> rule.match.equals(match));
    return this;
  }

  /// The same for all that one key asks.
  public Script key(String key, Fault... outcomes) {
    return play(Match.key(key), outcomes);
  }

  /// A quota for each pair of key and model that matches.
  public synchronized Script limit(Match match, Quota quota) {
    know(match.key());
    limits.addFirst(new Limit(match, quota));
    older(limits).removeIf(limit -> limit.match.equals(match));
    return this;
  }

  private static <T> List<T> older(List<T> newestFirst) {
    return newestFirst.subList(1, newestFirst.size());
  }

  /// These keys belong to one project: what one of them spends of a quota, all have spent.
  public Script project(String name, String... keys) {
    know(keys);
    for (var key : keys) {
      projects.put(key, name);
    }
    return this;
  }

  /// How long minutes and days last for every quota.
  public Script windows(WindowLengths lengths) {
    windows = lengths;
    return this;
  }

  /// These keys exist.
  public Script know(String... keys) {
    for (var key : keys) {
      if (!key.isEmpty()) {
        known.add(key);
      }
    }
    return this;
  }

  /// From now on, keys that no rule and no [#know] named are refused, as at a real provider.
  public Script onlyKnown() {
    onlyKnown = true;
    return this;
  }

  public Script pace(Pace newPace) {
    pace = newPace;
    return this;
  }

  public WindowLengths windows() {
    return windows;
  }

  public String projectOf(String key) {
    return projects.getOrDefault(key, key);
  }

  public Pace pace() {
    return pace;
  }

  public boolean knows(String key) {
    return !onlyKnown || known.contains(key);
  }

  /// The names that call up a behaviour, and what people read of each.
  public Map<String, String> behaviours() {
    return behaviours.about();
  }

  /// The next outcome for this request; asking takes it.
  public Fault next(Ask ask) {
    var key = ask.key();
    for (var rule : rules) {
      if (rule.match.covers(key, ask)) {
        return rule.outcomes.next();
      }
    }
    return behaviours
        .ofKey(key)
        .or(() -> behaviours.ofModel(ask.model()))
        .map(behaviour -> behaviour.outcomes().next())
        .orElseGet(Fault::well);
  }

  public Quota quota(Ask ask) {
    var key = ask.key();
    for (var limit : limits) {
      if (limit.match.covers(key, ask)) {
        return limit.quota;
      }
    }
    return behaviours
        .ofKey(key)
        .or(() -> behaviours.ofModel(ask.model()))
        .map(NamedBehaviours.Behaviour::quota)
        .orElse(Quota.NONE);
  }
}
