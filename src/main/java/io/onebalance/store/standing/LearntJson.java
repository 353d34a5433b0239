package io.onebalance.store.standing;

import io.onebalance.key.quota.gauge.Learnt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Learnt limits as a JSON list. Reading forgives: what cannot be understood was never learnt.
final class LearntJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LearntJson() {}

  static String text(List<Learnt> limits) {
    var all = JSON.createArrayNode();
    limits.forEach(limit ->
        all.addObject()
            .put("model", limit.model())
            .put("of", limit.name())
            .put("limit", limit.limit())
            .put("told", limit.told())
            .put("used", limit.used()));
    return all.toString();
  }

  static List<Learnt> limits(@Nullable String json) {
    var limits = new ArrayList<Learnt>();
    for (var node : tree(json)) {
      try {
        limits.add(limit(node));
      } catch (IllegalArgumentException _) {
        // a kind or a window of a later version, or no limit at all
      }
    }
    return limits;
  }

  private static Learnt limit(JsonNode node) {
    return Learnt.of(
        node.path("model").asString(""),
        node.path("of").asString(""),
        node.path("limit").asLong(0),
        node.path("told").asBoolean(false),
        node.path("used").asLong(0));
  }

  private static JsonNode tree(@Nullable String json) {
    try {
      return json == null ? JSON.createArrayNode() : JSON.readTree(json);
    } catch (JacksonException notJson) {
      return JSON.createArrayNode();
    }
  }
}
