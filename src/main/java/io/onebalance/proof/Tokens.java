package io.onebalance.proof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onebalance.provider.auth.Proof;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.call.Inquiry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The tokens of all accounts, fetched when they are needed first and again before they end.
/// Thread-safe.
final class Tokens {
  /// Of more accounts, those not asked for the longest are forgotten.
  private static final int MOST = 10_000;

  private final Cache<Secret, Grant> grants = Caffeine.newBuilder().maximumSize(MOST).build();
  private final TokenCall call;
  private final InstantSource clock;
  private final Executor threads;

  /// `threads` runs what may wait.
  Tokens(Inquiry inquiry, InstantSource clock, Executor threads) {
    this.call = new TokenCall(inquiry, clock);
    this.clock = clock;
    this.threads = threads;
  }

  CompletableFuture<Obtained> of(Proof.Token proof) {
    return grant(proof)
        .token(
            clock.instant(),
            () -> CompletableFuture.supplyAsync(() -> call.exchange(proof), threads));
  }

  void forget(Proof.Token proof, AccessToken refused) {
    grant(proof).forget(refused);
  }

  private Grant grant(Proof.Token proof) {
    return grants.get(proof.account().whole(), _ -> new Grant());
  }
}
