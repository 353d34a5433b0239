package io.onebalance.relay;

import io.onebalance.access.Grant;
import io.onebalance.upstream.Body;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/// A request whose caller was admitted: what it is, before it is known what it asks for.
record Ask(Grant grant, HttpMethod method, MultiMap headers, String query, Body body) {
  /// The bytes that are known already: all of a kept body, the first of a passing one.
  Buffer known() {
    return switch (body) {
      case Body.Kept(var bytes) -> bytes;
      case Body.Passing(var start, _, _) -> start;
    };
  }
}
