package io.onebalance.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One account's token, and the exchange for the next one: there is never more than one underway,
/// however many wait for it. Thread-safe.
final class Grant {
  /// After a failed exchange nobody tries again for so long while the old token still opens.
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private @Nullable AccessToken current;
  private @Nullable CompletableFuture<Obtained> underway;
  private Instant notBefore = Instant.MIN;

  /// A token that opens now. Where it ends soon, the next one is fetched meanwhile; where there is
  /// none, that one is waited for. `exchange` begins one.
  synchronized CompletableFuture<Obtained> token(
      Instant now, Supplier<CompletableFuture<Obtained>> exchange) {
    var known = current;
    if (known == null || !known.isUsable(now)) {
      return underway == null ? begin(exchange, now) : underway;
    }
    if (!known.isFresh(now) && underway == null && !now.isBefore(notBefore)) {
      begin(exchange, now);
    }
    return CompletableFuture.completedFuture(new Obtained.Granted(known));
  }

  /// The token was refused: it is not given again.
  synchronized void forget(AccessToken refused) {
    if (refused.equals(current)) {
      current = null;
    }
  }

  private CompletableFuture<Obtained> begin(
      Supplier<CompletableFuture<Obtained>> exchange, Instant now) {
    var result = new CompletableFuture<Obtained>();
    underway = result;
    exchange
        .get()
        .whenComplete((obtained, broken) -> {
          end(obtained, now);
          if (broken == null) {
            result.complete(obtained);
          } else {
            result.completeExceptionally(broken);
          }
        });
    return result;
  }

  private synchronized void end(@Nullable Obtained obtained, Instant began) {
    underway = null;
    if (obtained instanceof Obtained.Granted(var token)) {
      current = token;
    } else {
      notBefore = began.plus(PAUSE);
    }
  }
}
