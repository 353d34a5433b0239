package io.onebalance.relay.exchange;

import io.onebalance.access.Grant;
import io.onebalance.access.Presented;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.route.Endpoint;
import io.onebalance.upstream.Body;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;

/// One request whose caller was admitted and whose body was read: who asks, for what, and under
/// which settings. They stay what they are to its end, whatever is reloaded meanwhile.
public record Exchange(
    Client client, Grant grant, Endpoint endpoint, Body body, Snapshot snapshot, Instant deadline) {
  public HttpMethod method() {
    return client.request().method();
  }

  public MultiMap headers() {
    return client.request().headers();
  }

  /// The query as it goes upstream: without the caller's credentials, the rest byte for byte.
  public String query() {
    return Presented.withoutCredentials(client.query());
  }

  /// The bytes of the body that are known already: all of a kept one, the first of a passing one.
  public Buffer known() {
    return switch (body) {
      case Body.Kept(var bytes) -> bytes;
      case Body.Passing(var start, _, _) -> start;
      case Body.Tunnel() -> Buffer.buffer(0);
    };
  }
}
