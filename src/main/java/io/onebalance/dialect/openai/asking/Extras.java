package io.onebalance.dialect.openai.asking;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Members without a neutral meaning. Other dialects use some of their names for something else, so
/// what does not look like this dialect's stays out.
final class Extras {
  private static final Set<String> TIERS = Set.of("auto", "default", "flex", "priority", "scale");

  private Extras() {}

  static void write(Map<String, JsonNode> extras, Draft draft) {
    var known = draft.flavour.words("extras");
    new TreeMap<>(extras)
        .forEach((name, value) -> {
          if (known.contains(name) && isOurs(name, value)) {
            draft.put(name, value);
          } else {
            draft.drop(name);
          }
        });
  }

  private static boolean isOurs(String name, JsonNode value) {
    return switch (name) {
      case "service_tier" -> TIERS.contains(value.asString(""));
      case "user", "safety_identifier", "verbosity" -> value.isString();
      case "store" -> value.isBoolean();
      // Anthropic's holds a user_id, which Claude Code fills with the names of device and account.
      case "metadata" ->
          value.isObject()
              && !value.has("user_id")
              && value.values().stream().allMatch(JsonNode::isString);
      // All others are names of this dialect alone.
      default -> true;
    };
  }
}
