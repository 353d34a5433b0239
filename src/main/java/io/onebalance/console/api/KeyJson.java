package io.onebalance.console.api;

import io.onebalance.console.json.Json;
import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.keyring.Keyring.Held;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Keys as the key API shows them: live, masked, times in Unix seconds and `null` for never.
public final class KeyJson {
  private KeyJson() {}

  public static ObjectNode of(Held held, Instant now) {
    var key = held.key();
    var standing = held.standing();
    var json = Json.MAPPER.createObjectNode();
    json.put("id", key.id());
    json.put("key", key.secret().masked());
    json.put("provider", key.provider());
    json.put("status", LiveState.of(standing, now).word());
    json.put("reason", reason(standing, now));
    json.put("remark", key.remark());
    json.put("account", key.account());
    json.put("weight", key.weight());
    json.put("created_at", key.createdAt().getEpochSecond());
    json.put("updated_at", held.updatedAt().getEpochSecond());
    json.put("total_cooling_seconds", standing.totalCooling().toSeconds());
    json.set("coolings", coolings(standing, now));
    json.set("health", health(standing.health()));
    return json;
  }

  static ObjectNode coolings(Standing standing, Instant now) {
    var all = Json.MAPPER.createObjectNode();
    LiveState.running(standing, now).forEach((model, cooling) -> all.set(model, cooling(cooling)));
    return all;
  }

  private static ObjectNode cooling(Cooling cooling) {
    return Json.MAPPER
        .createObjectNode()
        .put("until", cooling.until().getEpochSecond())
        .put("total_seconds", cooling.total().toSeconds())
        .put("reason", cooling.reason());
  }

  private static ObjectNode health(Health health) {
    var json = Json.MAPPER.createObjectNode();
    json.put("latency_ms", health.latency().toMillis());
    json.put("success_rate", health.successRate());
    json.put("consecutive_failures", health.consecutiveFailures());
    put(json, "last_checked_at", health.lastCheckedAt());
    put(json, "last_succeeded_at", health.lastSucceededAt());
    return json;
  }

  /// Why the key is not given out, or an empty text when nothing keeps it.
  private static String reason(Standing standing, Instant now) {
    return switch (standing.state()) {
      case State.Blocked(var reason, _) -> reason;
      case State.SetAside() -> "an indefinite 401 or 403; it shows later whose fault it was";
      case State.Active() ->
          LiveState.running(standing, now).values().stream()
              .map(Cooling::reason)
              .findFirst()
              .orElse("");
    };
  }

  private static void put(ObjectNode json, String name, Instant at) {
    if (at.equals(Instant.EPOCH)) {
      json.putNull(name);
    } else {
      json.put(name, at.getEpochSecond());
    }
  }
}
