package io.onebalance.console.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Somebody who signed in. Keeps the one notice that the next page shows. Safe for several threads.
public final class Session {
  private final String actor;
  private final AtomicReference<Optional<Notice>> notice = new AtomicReference<>(Optional.empty());

  Session(String actor) {
    this.actor = actor;
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
}
