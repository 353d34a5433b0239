package io.onebalance.relay.ask;

import io.vertx.core.Future;

/// The asking for one request, while it is under way.
public interface Racing {
  Future<Asked> done();

  /// How often somebody was asked up to now.
  int attempts();

  /// One that ended before it began.
  record Over(Asked asked) implements Racing {
    @Override
    public Future<Asked> done() {
      return Future.succeededFuture(asked);
    }

    @Override
    public int attempts() {
      return 0;
    }
  }
}
