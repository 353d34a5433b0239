package io.onebalance.access.limit;

import io.onebalance.access.limit.rules.Limit;
import java.time.Duration;

/// Whether one more request of a gateway key may begin.
public sealed interface Permit {
  /// It may; the hold is let go when the request is over.
  record Granted(Hold hold) implements Permit {}

  /// It may not. `rest` is how long it takes, if nothing else is asked meanwhile, until it may.
  record Refused(Why why, Limit limit, long number, Duration rest) implements Permit {
    public boolean isBudget() {
      return limit.isBudget();
    }

    /// What the client is told.
    public String message() {
      var allowed = limit.told(number);
      return switch (why) {
        case SPENT -> "This gateway key has spent what it may: " + allowed + ".";
        case HELD ->
            "What is left of this gateway key's budget (%s) is held for its requests under way."
                .formatted(allowed);
        case RATE -> "This gateway key may use " + allowed + ", and has.";
      };
    }
  }

  /// What stands in the way.
  enum Why {
    /// A minute's allowance is used up.
    RATE,
    /// A budget is spent.
    SPENT,
    /// A budget is not spent, but what is left of it is held for requests under way.
    HELD
  }

  /// What is held of a budget for one request, as much as a request of its key usually costs.
  final class Hold {
    static final Hold NOTHING = new Hold(() -> {});

    private final Runnable letGo;

    Hold(Runnable letGo) {
      this.letGo = letGo;
    }

    public boolean isNothing() {
      return this == NOTHING;
    }

    /// The request is over. To be called once, after it was charged.
    public void letGo() {
      letGo.run();
    }
  }
}
