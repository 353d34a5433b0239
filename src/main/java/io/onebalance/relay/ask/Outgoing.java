package io.onebalance.relay.ask;

import io.onebalance.access.Presented;
import io.onebalance.http.Handshake;
import io.onebalance.http.Road;
import io.onebalance.http.StopsHere;
import io.onebalance.provider.Destination;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/// The fields that go upstream: the client's, less what stops here, and what the provider and the
/// key add.
final class Outgoing {
  private Outgoing() {}

  /// What we add is added last: nothing that the client wrote can take it away (F49).
  static void write(MultiMap client, Destination to, Road road, MultiMap fields) {
    var connection = client.get(HttpHeaders.CONNECTION);
    var named = connection == null ? null : StopsHere.namedBy(all(client, "connection"));
    for (var field : client) {
      var name = field.getKey();
      if (!StopsHere.request(name, road) && (named == null || !named.names(name))) {
        fields.add(name, field.getValue());
      }
    }
    for (var field : to.defaults()) {
      if (!fields.contains(field.name())) {
        fields.add(field.name(), field.value());
      }
    }
    for (var field : to.headers()) {
      fields.set(field.name(), field.value());
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

  private static String all(MultiMap fields, String name) {
    return String.join(",", fields.getAll(name));
  }
}
