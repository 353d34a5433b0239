package io.onebalance.proof;

import io.onebalance.http.Header;
import io.onebalance.provider.Destination;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.upstream.call.Inquiry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Gives a destination the proof it still needs. Thread-safe, and never waits: what takes time
/// happens on other threads.
public final class Notary {
  /// Longer bodies are hashed elsewhere: a megabyte takes longer than others should wait.
  private static final int LARGE = 256 << 10;

  private final Tokens tokens;
  private final InstantSource clock;
  private final Executor threads;

  /// `inquiry` asks for tokens; `threads` runs what may wait.
  public Notary(Inquiry inquiry, InstantSource clock, Executor threads) {
    this.tokens = new Tokens(inquiry, clock, threads);
    this.clock = clock;
    this.threads = threads;
  }

  /// Proves a request of this method and body. What is known already comes completed. Fails with
  /// [IllegalPath] for what can't be signed, at once or, of a large body, later.
  public CompletableFuture<Proven> prove(Destination to, String method, byte[] body) {
    return switch (to.proof()) {
      case Proof.None() -> CompletableFuture.completedFuture(ready(to, List.of()));
      case Proof.Signature signature -> signed(to, signature, method, body);
      case Proof.Token token -> tokens.of(token).thenApply(obtained -> proven(to, obtained));
    };
  }

  /// The provider refused a token that was given for this destination: it is fetched anew.
  public void distrust(Destination to, AccessToken refused) {
    if (to.proof() instanceof Proof.Token proof) {
      tokens.forget(proof, refused);
    }
  }

  private CompletableFuture<Proven> signed(
      Destination to, Proof.Signature how, String method, byte[] body) {
    return body.length <= LARGE
        ? CompletableFuture.completedFuture(sign(to, how, method, body))
        : CompletableFuture.supplyAsync(() -> sign(to, how, method, body), threads);
  }

  private Proven sign(Destination to, Proof.Signature how, String method, byte[] body) {
    return ready(to, AwsSignature.fields(how, method, body, clock.instant()));
  }

  private static Proven proven(Destination to, Obtained obtained) {
    return switch (obtained) {
      case Obtained.Denied(var verdict) -> new Proven.Refused(verdict);
      case Obtained.Granted(var token) -> {
        var bearer = new Header("authorization", "Bearer " + token.value().reveal());
        yield new Proven.Ready(to.proven(List.of(bearer)), Optional.of(token));
      }
    };
  }

  private static Proven ready(Destination to, List<Header> fields) {
    return new Proven.Ready(to.proven(fields), Optional.empty());
  }
}
