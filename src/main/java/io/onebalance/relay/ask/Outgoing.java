package io.onebalance.relay.ask;

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

  private static String all(MultiMap fields, String name) {
    return String.join(",", fields.getAll(name));
  }
}
