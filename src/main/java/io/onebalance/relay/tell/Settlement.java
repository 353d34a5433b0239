package io.onebalance.relay.tell;

import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.note.Draft;
import io.onebalance.upstream.call.Cut;
import java.time.InstantSource;

/// What the key learns of an opened answer: once, on whichever way it ends.
final class Settlement {
  private final Ending.Opened opened;
  private final Draft draft;
  private final InstantSource clock;

  Settlement(Ending.Opened opened, Draft draft, InstantSource clock) {
    this.opened = opened;
    this.draft = draft;
    this.clock = clock;
  }

  /// The answer began well; how it ends is still open.
  void answered() {
    opened.slot().answered(opened.latency(), clock.instant());
  }

  void served() {
    settle(new Outcome.Judged(new Verdict.Served(), opened.latency()));
  }

  /// How the carrying of the answer ended. An upstream that may still speak is let go of.
  void ended(Pump.Flow flow) {
    switch (flow) {
      case BROKEN, STALLED -> faulted(flow.why());
      case WHOLE, LEFT, UNTAKEN, STOPPED -> abandoned();
    }
    switch (flow) {
      case LEFT, UNTAKEN, STALLED, STOPPED -> Cut.off(opened.response());
      case WHOLE, BROKEN -> {
        // it has ended by itself
      }
    }
  }

  void faulted(String why) {
    settle(new Outcome.Judged(new Verdict.Faulted(why), opened.latency()));
  }

  /// Nothing more is learnt.
  void abandoned() {
    settle(new Outcome.Abandoned());
  }

  private void settle(Outcome outcome) {
    if (!opened.slot().isSettled()) {
      draft
          .told()
          .ifPresent(
              tokens -> opened.slot().used(tokens.input(), tokens.cached(), tokens.output()));
      opened.slot().settle(outcome, clock.instant());
    }
  }
}
