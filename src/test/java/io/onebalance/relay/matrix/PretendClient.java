package io.onebalance.relay.matrix;

import io.onebalance.upstream.Departure;
import java.time.Instant;

/// A client and its one request. `isPoison`: whichever key it goes with, it is refused without a
/// reason (F27). `repeatable`: asked twice it does no more than once.
record PretendClient(
    int number,
    String provider,
    boolean isPoison,
    boolean repeatable,
    boolean hedged,
    Instant deadline,
    Departure departure) {
  /// The field that says on the wire whose request an attempt is for.
  static final String FIELD = "x-matrix";
}
