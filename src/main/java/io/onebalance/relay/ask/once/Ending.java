package io.onebalance.relay.ask.once;

import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Slot;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.call.Cut;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// How the asking for one request ended.
public sealed interface Ending {
  /// The upstream has begun to answer; from here on the client hears it, and nobody retries.
  /// `start` is what was read already, `whole` whether that is all; else the response is paused.
  /// The slot is to be settled when the answer ends. `latency` is the time to the first byte.
  /// `secrets` are what must not be told: the key, its parts, a token that was exchanged for it.
  record Opened(
      Slot slot,
      HttpClientResponse response,
      Buffer start,
      boolean whole,
      Duration latency,
      Supplier<Secret[]> secrets)
      implements Ending, Attempt {
    static final int SWITCHED = 101;

    /// Nobody tells this answer: its key learns nothing of it, and its connection ends unless it
    /// has all of it. Does nothing where the slot is settled.
    public void letGo(Instant now) {
      if (!slot.isSettled()) {
        slot.settle(new Outcome.Abandoned(), now);
        if (!whole) {
          Cut.off(response);
        }
      }
    }

    /// Whether the connection is a WebSocket from now on. Only where one was asked for.
    public boolean isSocket() {
      return response.statusCode() == SWITCHED;
    }
  }

  /// The client's own mistake, in the upstream's words: passed on, no key is to blame.
  record Theirs(Declined answer) implements Ending, Attempt {}

  /// The client left.
  record Abandoned() implements Ending, Attempt {}

  /// The provider's last failure, in its own words.
  record Failed(Declined answer) implements Ending {}

  /// Nothing is left to try.
  record Exhausted(Refusal refusal) implements Ending, Attempt {}
}
