package io.onebalance.relay.ask.once;

import io.onebalance.access.Presented;
import io.onebalance.http.Handshake;
import io.onebalance.http.Road;
import io.onebalance.http.StopsHere;
import io.onebalance.provider.Destination;
import io.onebalance.relay.exchange.HeaderFields;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// The fields that go upstream: the client's, less what stops here, and what the provider and the
/// key add.
final class Outgoing {
  private static final String EVENT = "cf-aig-event-id";
  private static final String METADATA = "cf-aig-metadata";
  private static final String SKIP_CACHE = "cf-aig-skip-cache";
  private static final List<String> CACHING = List.of("cf-aig-cache-ttl", "cf-aig-cache-key");

  private Outgoing() {}

  /// What we add is added last: nothing that the client wrote can take it away (F49).
  static void write(MultiMap client, Destination to, Road road, MultiMap fields) {
    var connection = client.get(HttpHeaders.CONNECTION);
    var named = connection == null ? null : StopsHere.namedBy(all(client, "connection"));
    client.forEach((name, value) -> {
      if (!StopsHere.request(name, road) && (named == null || !named.names(name))) {
        fields.add(name, value);
      }
    });
    for (var field : to.defaults()) {
      if (!isSpokenOf(field.name(), fields)) {
        fields.add(HeaderFields.name(field.name()), field.value());
      }
    }
    for (var field : to.headers()) {
      fields.set(HeaderFields.name(field.name()), field.value());
    }
    fields.set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
  }

  /// What asks for a WebSocket, without the subprotocols that carry a key. No extension is asked
  /// for, so what passes is not compressed: limits count its real size.
  static void writeHandshake(MultiMap client, MultiMap fields) {
    fields.set(HttpHeaders.CONNECTION, "Upgrade");
    fields.set(HttpHeaders.UPGRADE, "websocket");
    fields.set(Handshake.VERSION, Handshake.CURRENT);
    fields.set(Handshake.KEY, client.get(Handshake.KEY));
    var protocols = Presented.protocolsWithoutCredentials(all(client, Handshake.PROTOCOL));
    if (!protocols.isEmpty()) {
      fields.set(Handshake.PROTOCOL, protocols);
    }
  }

  /// What makes an entry of the gateway's log easy to find: the request, and which key it went
  /// with, both by our ids. A client that says something of its own is let have its way.
  static void label(String requestId, String keyId, MultiMap fields) {
    if (!fields.contains(EVENT)) {
      fields.set(EVENT, requestId);
    }
    if (!fields.contains(METADATA)) {
      fields.set(METADATA, new JsonObject().put("key", keyId).encode());
    }
  }

  /// Whether the client sent this field, or another on the same matter: who says how long an answer
  /// may be cached does want it cached.
  private static boolean isSpokenOf(String name, MultiMap fields) {
    return fields.contains(HeaderFields.name(name))
        || (name.equals(SKIP_CACHE) && CACHING.stream().anyMatch(fields::contains));
  }

  private static String all(MultiMap fields, String name) {
    return String.join(",", fields.getAll(name));
  }
}
