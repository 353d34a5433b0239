package io.onebalance.console.api;

import io.onebalance.console.json.Json;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What providers last said is left of a key's limits, by model; what they did not name is `null`.
final class LimitJson {
  private LimitJson() {}

  static ObjectNode of(Map<String, List<Allowance>> byModel) {
    var all = Json.MAPPER.createObjectNode();
    byModel.forEach((model, allowances) -> {
      var told = all.putArray(model);
      allowances.forEach(allowance -> told.add(json(allowance)));
    });
    return all;
  }

  private static ObjectNode json(Allowance told) {
    var json = Json.MAPPER.createObjectNode();
    json.put("kind", told.kind().word());
    json.put("window", told.window() == Window.UNKNOWN ? null : word(told.window()));
    json.put("limit", told.limit() == Allowance.UNTOLD ? null : (Long) told.limit());
    json.put("remaining", told.remaining());
    json.put("reset", told.reset().map(at -> (Long) at.getEpochSecond()).orElse(null));
    return json;
  }

  private static String word(Window window) {
    return window.name().toLowerCase(Locale.ROOT);
  }
}
