package io.onebalance.console.api;

import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.offer.OfferReader;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.ApiKey;
import io.onebalance.key.pool.Pools;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Held;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.keyring.Keyring.Selection;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Keys one by one: add, look, edit, delete. What is shown is the live state.
public final class KeyApi {
  private static final Set<String> PATCH = Set.of("status", "remark", "weight", "account");

  private final ProviderNames providers;
  private final Keyring keyring;
  private final Pools pools;
  private final InstantSource clock;

  public KeyApi(ProviderNames providers, Keyring keyring, Pools pools, InstantSource clock) {
    this.providers = providers;
    this.keyring = keyring;
    this.pools = pools;
    this.clock = clock;
  }

  /// `POST /api/keys/add/{provider}`
  public Reply add(Ask ask) {
    var provider = providers.inCatalogue(ask.place("provider"));
    var added = OfferReader.read(ask.visit()).addTo(keyring, provider, ask.actor());
    var json = Json.MAPPER.createObjectNode();
    json.put("added", added.added()).put("duplicates", added.duplicates());
    var invalid = json.putArray("invalid");
    added.invalid().forEach(i -> invalid.addObject().put("line", i.line()).put("why", i.why()));
    return json(json);
  }

  /// `GET /api/keys`
  public Reply list(Ask ask) {
    var view = KeyQuery.of(ask.query().only(KeyQuery.PARAMETERS), providers);
    var page = view.page(keyring);
    var json = Json.MAPPER.createObjectNode();
    var keys = json.putArray("keys");
    var now = clock.instant();
    page.keys().forEach(held -> keys.add(KeyJson.of(held, now)));
    json.put("total", page.total());
    if (page.next().isEmpty()) {
      json.putNull("next");
    } else {
      json.put("next", page.next());
    }
    return json(json);
  }

  /// `GET /api/keys/{id}`
  public Reply get(Ask ask) {
    var held = held(ask);
    var now = clock.instant();
    var key = held.key();
    var left = pools.of(key.provider()).limits().allowances(key.id(), now);
    return json(KeyJson.of(held, now).set("limits", LimitJson.of(left)));
  }

  /// `GET /api/keys/{id}/coolings`
  public Reply coolings(Ask ask) {
    var held = held(ask);
    var now = clock.instant();
    var whole = KeyJson.of(held, now);
    var json = Json.MAPPER.createObjectNode();
    for (var name : List.of("id", "status", "reason", "health", "coolings")) {
      json.set(name, whole.get(name));
    }
    return json(json);
  }

  /// `PATCH /api/keys/{id}`. To make a key active is to unblock it and to end its rests.
  public Reply patch(Ask ask) {
    var id = held(ask).key().id();
    var fields = JsonRecord.of(Json.body(ask.visit()), PATCH);
    if (fields.node().isEmpty()) {
      throw Refusal.invalid("nothing to change; fields: status, remark, weight, account");
    }
    var status = fields.text("status", Limits.WORD);
    status.filter(s -> !s.equals("active") && !s.equals("blocked")).ifPresent(KeyApi::refuse);
    var patch =
        new Patch(
            status,
            fields.text("remark", Limits.REMARK),
            fields.number("weight", 1, ApiKey.HEAVIEST),
            fields.text("account", Limits.ACCOUNT));
    keyring.patch(id, patch, ask.actor());
    if (status.filter("active"::equals).isPresent()) {
      keyring.reset(new Selection.Ids(List.of(id)), ask.actor());
    }
    return get(ask);
  }

  /// `DELETE /api/keys/{id}`
  public Reply delete(Ask ask) {
    var id = held(ask).key().id();
    var deleted = keyring.delete(new Selection.Ids(List.of(id)), ask.actor());
    return json(Json.MAPPER.createObjectNode().put("deleted", deleted));
  }

  private Held held(Ask ask) {
    return keyring
        .find(ask.place("id"))
        .orElseThrow(() -> Refusal.notFound("there is no key with this id"));
  }

  private static void refuse(String status) {
    throw Refusal.invalid("'status' must be 'active' or 'blocked'");
  }

  private static Reply json(ObjectNode json) {
    return Answers.json(200, json.toString());
  }
}
