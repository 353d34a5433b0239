package io.onebalance.upstream;

import io.vertx.core.Future;

/// Asks upstreams.
@FunctionalInterface
public interface Caller {
  /// Asks once. The reply comes within the question's patience, or at once when the client leaves;
  /// it never fails.
  Future<Reply> ask(Question question, Departure client);
}
