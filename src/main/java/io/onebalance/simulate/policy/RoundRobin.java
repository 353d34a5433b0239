package io.onebalance.simulate.policy;

import io.onebalance.simulate.world.Provider;
import io.onebalance.simulate.world.Request;

/// Plain turns: each asking takes the next key, and nothing is learnt. A request is given up after
/// a number of keys.
final class RoundRobin implements Dispatcher {
  private static final int MOST_ATTEMPTS = 30;

  private final Stage stage;
  private int next;

  RoundRobin(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void arrived(Request request) {
    attempt(request, 1);
  }

  @Override
  public States states() {
    return new States(stage.keyring().size(), 0, 0);
  }

  private void attempt(Request request, int number) {
    var key = next;
    next = (next + 1) % stage.keyring().size();
    stage.ask(request, key, new Turn(request, number));
  }

  private final class Turn implements Hearing {
    private final Request request;
    private final int number;

    Turn(Request request, int number) {
      this.request = request;
      this.number = number;
    }

    @Override
    public void opened(Provider.Answer answer) {}

    @Override
    public void ended() {}

    @Override
    public void refused(Provider.Answer answer) {
      if (number < Math.min(MOST_ATTEMPTS, stage.keyring().size())) {
        attempt(request, number + 1);
      } else {
        stage.giveUp(request);
      }
    }
  }
}
