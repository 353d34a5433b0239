package io.onebalance.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The operator's own model names, and the legs that stand behind each. A name may have `*` for
/// anything; an exact name goes before patterns, patterns go in written order.
public final class VirtualModels {
  private final Map<String, List<Leg>> exact = new LinkedHashMap<>();
  private final Map<String, List<Leg>> patterns = new LinkedHashMap<>();

  /// `models` in written order; no name is without legs.
  public VirtualModels(Map<String, List<Leg>> models) {
    models.forEach((name, legs) -> {
      if (legs.isEmpty()) {
        throw new IllegalArgumentException("the virtual model " + name + " has no legs");
      }
      (name.contains("*") ? patterns : exact).put(name, List.copyOf(legs));
    });
  }

  /// The names that stand for themselves, in written order.
  public Set<String> names() {
    return Collections.unmodifiableSet(exact.keySet());
  }

  /// The legs behind a name as they are written, or none when the name is not virtual.
  public List<Leg> match(String name) {
    var legs = exact.get(name);
    if (legs != null) {
      return legs;
    }
    return patterns.entrySet().stream()
        .filter(entry -> fits(entry.getKey(), name))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  /// The legs in the order in which to try them now.
  public Optional<Plan> plan(String name, RandomGenerator chance) {
    var legs = match(name);
    return legs.isEmpty() ? Optional.empty() : Optional.of(new Plan(ordered(legs, chance)));
  }

  /// Weighted legs are drawn one after another by their shares; those without weight follow.
  public static List<Leg> ordered(List<Leg> legs, RandomGenerator chance) {
    var left = new ArrayList<Leg>();
    var last = new ArrayList<Leg>();
    legs.forEach(leg -> (leg.weight() > 0 ? left : last).add(leg));
    var ordered = new ArrayList<Leg>(legs.size());
    while (!left.isEmpty()) {
      ordered.add(left.remove(drawn(left, chance)));
    }
    ordered.addAll(last);
    return ordered;
  }

  private static int drawn(List<Leg> legs, RandomGenerator chance) {
    var ticket = chance.nextLong(legs.stream().mapToLong(Leg::weight).sum());
    var index = 0;
    while (ticket >= legs.get(index).weight()) {
      ticket -= legs.get(index++).weight();
    }
    return index;
  }

  /// Whether a pattern with `*` fits a name: in at most one pass back for each star.
  public static boolean fits(String pattern, String name) {
    var p = 0;
    var n = 0;
    var star = -1;
    var resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
