package io.onebalance.relay.plan;

import io.onebalance.upstream.Body;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/// What goes to a provider whichever key it goes with: `path` and `query` stand below the
/// provider's base, `headers` are the client's, unfiltered.
public record Message(HttpMethod method, String path, String query, MultiMap headers, Body body) {
  public boolean isReplayable() {
    return body instanceof Body.Kept;
  }
}
