package io.onebalance.key.queue;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Choice;
import java.time.Instant;
import java.util.function.Consumer;

/// One request that waits for a key: for `caller`, no longer than `until`. `told` hears once what
/// came of it. Guarded by the line.
final class Waiter {
  private final Ask ask;
  private final String caller;
  private final Instant until;
  private Consumer<Choice> told;
  private boolean over;

  Waiter(Ask ask, String caller, Instant until, Consumer<Choice> told) {
    this.ask = ask;
    this.caller = caller;
    this.until = until;
    this.told = told;
  }

  Ask ask() {
    return ask;
  }

  String caller() {
    return caller;
  }

  Instant until() {
    return until;
  }

  /// It waits no more.
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void tell(Choice choice) {
    var hearer = told;
    forget();
    hearer.accept(choice);
  }

  /// Nobody listens any more. What stood behind it, a request with its body perhaps, is let go of
  /// at once: the waiter itself stays where it is until its patience would have ended.
  void forget() {
    told = _ -> {};
  }
}
