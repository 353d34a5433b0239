package io.onebalance.sync;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A key in the shape that the key API takes and gives; what is not known is left out.
public final class KeyJson {
  /// All that may be said of a key, in the order in which CSV has it.
  public static final List<String> FIELDS =
      List.of(
          "provider",
          "key",
          "remark",
          "account",
          "weight",
          "status",
          "reason",
          "created_at",
          "total_cooling_seconds",
          "coolings");

  private KeyJson() {}

  public static ObjectNode of(Carried key) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("provider", key.provider()).put("key", key.key().reveal());
    put(json, "remark", key.remark());
    put(json, "account", key.account());
    if (key.weight() > 0) {
      json.put("weight", key.weight());
    }
    json.put("status", key.blocked().isPresent() ? "blocked" : "active");
    put(json, "reason", key.blocked().orElse(""));
    if (key.createdAt() > 0) {
      json.put("created_at", key.createdAt());
    }
    if (key.totalRest() > 0) {
      json.put("total_cooling_seconds", key.totalRest());
    }
    if (!key.rests().isEmpty()) {
      json.set("coolings", rests(key));
    }
    return json;
  }

  /// `{model: {until, total_seconds, reason}}`
  public static ObjectNode rests(Carried key) {
    var all = JsonMapper.shared().createObjectNode();
    key.rests()
        .forEach((model, rest) ->
            all.putObject(model)
                .put("until", rest.until())
                .put("total_seconds", rest.total())
                .put("reason", rest.reason()));
    return all;
  }

  private static void put(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }
}
