package io.onebalance.trace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;

/// Which spans of clients the requests under way belong to, by request id. Kept beside the ledger:
/// it matters only while traces are told. Bounded; thread-safe.
public final class Parents {
  private static final int MOST = 50_000;

  /// `traceparent` of version 00 has 55 characters; later versions may add some.
  private static final int SHORTEST = 55;

  private static final int LONGEST = 128;

  private final Cache<String, String> byRequest = Caffeine.newBuilder().maximumSize(MOST).build();

  /// The client says this in `traceparent`; what cannot be one is not kept.
  public void began(String requestId, String traceparent) {
    if (traceparent.length() >= SHORTEST && traceparent.length() <= LONGEST) {
      byRequest.put(requestId, traceparent);
    }
  }

  /// What the client said, once; empty where it said nothing.
  String take(String requestId) {
    return Objects.requireNonNullElse(byRequest.asMap().remove(requestId), "");
  }
}
