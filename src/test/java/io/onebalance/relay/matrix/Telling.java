package io.onebalance.relay.matrix;

import io.onebalance.key.Outcome;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.upstream.Departure;
import java.time.Duration;

/// Reads an opened answer to its end in the place of a client, and settles its slot as the relay
/// does: once, on whichever way it ends.
final class Telling {
  private final VirtualTime time;
  private final Ending.Opened opened;
  private final Departure client;
  private final Duration idle;
  private Runnable alarm = () -> {};
  private boolean settled;

  private Telling(VirtualTime time, Ending.Opened opened, Departure client, Duration idle) {
    this.time = time;
    this.opened = opened;
    this.client = client;
    this.idle = idle;
  }

  static void tell(VirtualTime time, Ending.Opened opened, Departure client, Duration idle) {
    var telling = new Telling(time, opened, client, idle);
    if (opened.whole()) {
      telling.settle(served(opened));
    } else {
      telling.carry();
    }
  }

  private static Outcome served(Ending.Opened opened) {
    return new Outcome.Judged(new Verdict.Served(), opened.latency());
  }

  private void carry() {
    opened.slot().answered(opened.latency(), time.instant());
    wake();
    client.stops(() -> letGo(new Outcome.Abandoned()));
    var response = opened.response();
    response.exceptionHandler(_ -> settle(faulted("the provider broke off")));
    response.endHandler(_ -> settle(new Outcome.Abandoned()));
    response.handler(_ -> wake());
    if (!settled) {
      response.resume();
    }
  }

  private Outcome faulted(String why) {
    return new Outcome.Judged(new Verdict.Faulted(why), opened.latency());
  }

  private void wake() {
    alarm.run();
    alarm = time.after(idle, () -> letGo(faulted("the provider fell silent")));
  }

  private void letGo(Outcome outcome) {
    settle(outcome);
    opened.response().request().reset();
  }

  private void settle(Outcome outcome) {
    alarm.run();
    if (!settled) {
      settled = true;
      opened.slot().settle(outcome, time.instant());
    }
  }
}
