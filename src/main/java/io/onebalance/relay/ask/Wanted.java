package io.onebalance.relay.ask;

import io.onebalance.key.Ask;
import io.onebalance.key.quota.Need;
import io.onebalance.relay.plan.Errand;
import io.onebalance.upstream.Body;

/// What a request wants of a key, guessed cheaply: the pool learns how far such guesses are off.
final class Wanted {
  private static final long BYTES_A_TOKEN = 4;

  /// Of an answer nobody knows how long it gets.
  private static final long ANSWER = 256;

  private Wanted() {}

  static Ask of(Errand errand) {
    return Ask.of(errand.model()).needing(need(errand.message().body()));
  }

  private static Need need(Body body) {
    return switch (body) {
      case Body.Kept(var bytes) when bytes.length() > 0 ->
          new Need(bytes.length() / BYTES_A_TOKEN, ANSWER);
      case Body.Kept _, Body.Passing _, Body.Tunnel _ -> Need.NONE;
    };
  }
}
