package io.onebalance.upstream.call;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.function.BooleanSupplier;

/// A way to one upstream: where requests get their connections.
@FunctionalInterface
interface Line {
  /// A request on a connection of its own or on a stream of one, before anything of it was sent.
  /// One that has to wait is not begun any more once it is `gone`: its future then never completes.
  Future<HttpClientRequest> request(RequestOptions options, BooleanSupplier gone);
}
