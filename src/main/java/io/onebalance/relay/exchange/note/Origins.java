package io.onebalance.relay.exchange.note;

/// Hears which trace a request belongs to, where its client says so in `traceparent`. Called on
/// event loops, so it must not wait.
@FunctionalInterface
public interface Origins {
  void began(String requestId, String traceparent);
}
