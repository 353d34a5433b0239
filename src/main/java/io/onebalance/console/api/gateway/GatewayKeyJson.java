package io.onebalance.console.api.gateway;

import io.onebalance.access.Grants.Defined;
import io.onebalance.access.Permissions;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.Spent;
import io.onebalance.access.limit.Standing;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.console.json.Json;
import io.onebalance.store.issue.IssuedKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Gateway keys as the API shows them: never their text, times in Unix seconds, and what they spent
/// as it is now.
public final class GatewayKeyJson {
  private final Spendings spendings;
  private final InstantSource clock;

  public GatewayKeyJson(Spendings spendings, InstantSource clock) {
    this.spendings = spendings;
    this.clock = clock;
  }

  ObjectNode of(Defined defined) {
    var grant = defined.grant();
    var json = Json.MAPPER.createObjectNode();
    json.put("id", grant.id()).put("name", defined.place()).put("key", grant.name());
    json.put("source", "settings").put("groups", Permissions.text(grant.groups()));
    json.put("enabled", true);
    put(json, "expires_at", defined.lastMoment());
    json.set("limits", limits(grant.limits()));
    json.set("spent", spent(grant.id()));
    return json;
  }

  ObjectNode of(IssuedKey key) {
    var terms = key.terms();
    var json = Json.MAPPER.createObjectNode();
    json.put("id", key.id()).put("name", key.name()).put("key", "ob-…" + key.tail());
    json.put("source", "issued").put("groups", Permissions.text(terms.groups()));
    json.put("enabled", terms.enabled());
    put(json, "expires_at", terms.expires());
    json.set("limits", limits(terms.limits()));
    put(json, "former_until", key.formerUntil());
    json.put("created_at", key.createdAt().getEpochSecond());
    json.put("updated_at", key.updatedAt().getEpochSecond());
    json.set("spent", spent(key.id()));
    return json;
  }

  private static ObjectNode limits(KeyLimits limits) {
    var json = Json.MAPPER.createObjectNode();
    limits
        .numbers()
        .forEach(
            (limit, number) -> json.put(limit.field(), number == KeyLimits.ANY ? null : number));
    return json;
  }

  private ObjectNode spent(String id) {
    var json = Json.MAPPER.createObjectNode();
    var standing = spendings.standing(id, clock.instant());
    json.set("day", spent(standing.map(Standing::today), standing.map(Standing::tomorrow)));
    json.set("month", spent(standing.map(Standing::thisMonth), standing.map(Standing::nextMonth)));
    return json;
  }

  private static ObjectNode spent(Optional<Spent> spent, Optional<Instant> until) {
    var sum = spent.orElse(Spent.NOTHING);
    var json = Json.MAPPER.createObjectNode();
    json.put("cost_micros", sum.micros());
    json.put("tokens", sum.tokens());
    json.put("unpriced_requests", sum.unpriced());
    put(json, "until", until);
    return json;
  }

  private static void put(ObjectNode json, String name, Optional<Instant> at) {
    json.put(name, at.map(Instant::getEpochSecond).orElse(null));
  }
}
