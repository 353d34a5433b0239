package io.onebalance.store.history.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which requests are meant; an empty part means any. `outcomes` are words of [Outcome].
public record Filter(
    String gatewayKey, String provider, String model, String key, List<String> outcomes) {
  public static final Filter ANY = new Filter("", "", "", "", List.of());

  public Filter {
    outcomes = List.copyOf(outcomes);
    if (!Outcome.ALL.containsAll(outcomes)) {
      throw new IllegalArgumentException("status: allowed are " + String.join(", ", Outcome.ALL));
    }
  }

  /// Whether it asks for more than the sums of keys can tell.
  public boolean exceedsKeys() {
    return !gatewayKey.isEmpty() || !model.isEmpty() || !outcomes.isEmpty();
  }

  /// Conditions on a series `s`; the key is not one of its parts.
  public String ofSeries() {
    var conditions = new ArrayList<>(List.of("TRUE"));
    values().keySet().stream()
        .filter(column -> !column.equals("key_id"))
        .map(Filter::condition)
        .forEach(conditions::add);
    if (!outcomes.isEmpty()) {
      conditions.add("s.outcome IN ('" + String.join("', '", outcomes) + "')");
    }
    return String.join(" AND ", conditions);
  }

  /// Conditions on a key `s`.
  public String ofKeys() {
    var conditions = new ArrayList<>(List.of("TRUE"));
    values().keySet().stream()
        .filter(column -> column.equals("key_id") || column.equals("provider"))
        .map(Filter::condition)
        .forEach(conditions::add);
    return String.join(" AND ", conditions);
  }

  private static String condition(String column) {
    return "s." + column + " = :" + column;
  }

  /// What the conditions are about, by column.
  public Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    values.put("gateway_key", gatewayKey);
    values.put("provider", provider);
    values.put("model", model);
    values.put("key_id", key);
    values.values().removeIf(String::isEmpty);
    return values;
  }
}
