package io.onebalance.console.api.gateway;

import io.onebalance.access.Grants;
import io.onebalance.console.json.Json;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Refusal;
import io.onebalance.provider.Catalogue;
import io.onebalance.server.Reply;
import io.onebalance.store.issue.IssuedKey;
import io.onebalance.store.issue.IssuedKeys;
import io.onebalance.store.issue.IssuedKeys.Fresh;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Gateway keys: those that AUTH_KEY defines are shown, those that were issued are looked after.
/// The text of a key is in the answer that made it, and nowhere else.
public final class GatewayKeyApi {
  private static final Set<String> ROTATE = Set.of("grace_seconds");
  private static final Duration LONGEST_GRACE = Duration.ofDays(90);

  private final Supplier<Grants> grants;
  private final Supplier<Catalogue> catalogue;
  private final IssuedKeys keys;
  private final GatewayKeyJson shown;

  public GatewayKeyApi(
      Supplier<Grants> grants,
      Supplier<Catalogue> catalogue,
      IssuedKeys keys,
      GatewayKeyJson shown) {
    this.grants = grants;
    this.catalogue = catalogue;
    this.keys = keys;
    this.shown = shown;
  }

  /// `GET /api/gateway-keys`
  public Reply list(Ask ask) {
    ask.query().only(Set.of());
    var json = Json.MAPPER.createObjectNode();
    var items = json.putArray("items");
    grants.get().defined().forEach(defined -> items.add(shown.of(defined)));
    keys.list().forEach(key -> items.add(shown.of(key)));
    json.putNull("next");
    return json(json);
  }

  /// `GET /api/gateway-keys/{id}`
  public Reply get(Ask ask) {
    return json(shown.of(issued(ask)));
  }

  /// `POST /api/gateway-keys`
  public Reply add(Ask ask) {
    var fields =
        new GatewayKeyFields(
            JsonRecord.of(Json.body(ask.visit()), GatewayKeyFields.NEW), catalogue.get());
    var name = fields.name().orElseThrow(() -> Refusal.invalid("the field 'name' is missing"));
    var terms = fields.newTerms();
    return fresh(refused(() -> keys.add(name, terms, ask.actor())));
  }

  /// `PATCH /api/gateway-keys/{id}`
  public Reply patch(Ask ask) {
    var record = JsonRecord.of(Json.body(ask.visit()), GatewayKeyFields.PATCH);
    if (record.node().isEmpty()) {
      throw Refusal.invalid(
          "nothing to change; fields: " + String.join(", ", GatewayKeyFields.PATCH));
    }
    var key = issued(ask);
    var fields = new GatewayKeyFields(record, catalogue.get());
    return json(
        shown.of(
            refused(() -> keys.change(key.id(), fields.name(), fields::over, ask.actor()))
                .orElseThrow(GatewayKeyApi::unknown)));
  }

  /// `POST /api/gateway-keys/{id}/rotate`
  public Reply rotate(Ask ask) {
    var key = issued(ask);
    var fields = JsonRecord.of(Json.body(ask.visit()), ROTATE);
    var grace = fields.number("grace_seconds", 0, (int) LONGEST_GRACE.toSeconds()).orElse(0);
    return fresh(
        keys.rotate(key.id(), Duration.ofSeconds(grace), ask.actor())
            .orElseThrow(GatewayKeyApi::unknown));
  }

  /// `DELETE /api/gateway-keys/{id}`
  public Reply revoke(Ask ask) {
    var key = issued(ask);
    if (!keys.revoke(key.id(), ask.actor())) {
      throw unknown();
    }
    return json(Json.MAPPER.createObjectNode().put("revoked", key.id()));
  }

  private IssuedKey issued(Ask ask) {
    var id = ask.place("id");
    return keys.find(id).orElseThrow(() -> isDefined(id) ? fixed() : unknown());
  }

  private boolean isDefined(String id) {
    return grants.get().defined().stream().anyMatch(one -> one.grant().id().equals(id));
  }

  private static Refusal fixed() {
    return Refusal.invalid("this gateway key is defined by AUTH_KEY; change it in the settings");
  }

  private static Refusal unknown() {
    return Refusal.notFound("there is no gateway key with this id");
  }

  private static <T> T refused(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException why) {
      throw Refusal.invalid(String.valueOf(why.getMessage()));
    }
  }

  private Reply fresh(Fresh made) {
    return json(shown.of(made.key()).put("key", made.text().reveal()));
  }

  private static Reply json(ObjectNode json) {
    return Answers.json(200, json.toString());
  }
}
