package io.onebalance.console.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Somebody who signed in. Keeps the one notice that the next page shows, and the way back from the
/// last action for a while. Safe for several threads.
public final class Session {
  /// How long after showing the gateway key somebody may see keys in full (S22).
  public static final Duration FRESH = Duration.ofMinutes(10);

  /// How long an action can be taken back.
  public static final Duration REGRET = Duration.ofMinutes(2);

  private record Regret(Supplier<Notice> undo, Instant until) {}

  private final String actor;
  private final AtomicReference<Instant> proved;
  private final AtomicReference<Optional<Notice>> notice = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Regret>> regret = new AtomicReference<>(Optional.empty());

  Session(String actor, Instant proved) {
    this.actor = actor;
    this.proved = new AtomicReference<>(proved);
  }

  /// Who acts, for the audit log: the masked name of the gateway key behind the session.
  public String actor() {
    return actor;
  }

  public void leave(Notice said) {
    notice.set(Optional.of(said));
  }

  /// The notice left by the last action, once.
  public Optional<Notice> take() {
    return notice.getAndSet(Optional.empty());
  }

  /// Whether the gateway key was shown a short while ago.
  public boolean isFresh(Instant now) {
    return now.isBefore(proved.get().plus(FRESH));
  }

  /// The gateway key was shown again.
  public void prove(Instant now) {
    proved.set(now);
  }

  /// Remembers how the last action is taken back; the one before no longer is.
  public void regret(Supplier<Notice> undo, Instant now) {
    regret.set(Optional.of(new Regret(undo, now.plus(REGRET))));
  }

  /// Takes the last action back, once and only for a while; empty where it is too late.
  public Optional<Notice> undo(Instant now) {
    return regret
        .getAndSet(Optional.empty())
        .filter(held -> now.isBefore(held.until()))
        .map(held -> held.undo().get());
  }
}
