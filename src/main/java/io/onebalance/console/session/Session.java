package io.onebalance.console.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Somebody who signed in. Keeps the one notice that the next page shows, and the way back from the
/// last action for a while. Safe for several threads.
public final class Session {
  /// How long after showing the gateway key somebody may see keys in full (S22).
  public static final Duration FRESH = Duration.ofMinutes(10);

  /// How long an action can be taken back.
  public static final Duration REGRET = Duration.ofMinutes(2);

  private record Regret(String id, Supplier<Notice> undo, Instant until) {}

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

  /// Remembers how the last action is taken back; the one before no longer is. Returns the id by
  /// which [#undo] knows it.
  public String regret(Supplier<Notice> undo, Instant now) {
    var id = UUID.randomUUID().toString();
    regret.set(Optional.of(new Regret(id, undo, now.plus(REGRET))));
    return id;
  }

  /// Nothing can be taken back any more.
  public void forget() {
    regret.set(Optional.empty());
  }

  /// Takes this action back if it is the last one, once and only for a while; empty where it is too
  /// late, or where another one came after it, which stays.
  public Optional<Notice> undo(String id, Instant now) {
    var held = regret.get();
    var isLast = held.filter(last -> last.id().equals(id)).isPresent();
    return isLast && regret.compareAndSet(held, Optional.empty())
        ? held.filter(last -> now.isBefore(last.until())).map(last -> last.undo().get())
        : Optional.empty();
  }
}
