package io.onebalance.simulate;

import io.onebalance.simulate.policy.Dispatcher;
import io.onebalance.simulate.policy.Hearing;
import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.policy.Stage;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Arrivals;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.Provider;
import io.onebalance.simulate.world.Request;
import io.onebalance.simulate.world.Timeline;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One policy playing one scenario, from the first request until the last is served or given up.
final class Play implements Stage {
  private static final long SALT = 0x706f_6c69L;
  private static final long MINUTE = 60_000;

  /// How long a refusal takes.
  private static final long REFUSED_AFTER = 60;

  private final Setting setting;
  private final Timeline time;
  private final Provider provider;
  private final SplittableRandom chance;
  private final Tally tally;
  private final LongSupplier nanos;
  private final Dispatcher dispatcher;
  private long open;

  Play(Setting setting, Policies policy, LongSupplier nanos) {
    this.setting = setting;
    this.nanos = nanos;
    var scenario = setting.scenario();
    time = new Timeline(scenario.timing().start());
    provider = new Provider(scenario, setting.keyring(), setting.models().size());
    chance = new SplittableRandom(scenario.seed() ^ SALT);
    tally = new Tally(scenario);
    dispatcher = policy.on(this);
  }

  /// Plays all of it.
  Tally played(Arrivals arrivals) {
    sample();
    scenario()
        .provider()
        .faults()
        .forEach(fault -> {
          at(fault.from(), () -> tally.before(fault, dispatcher.states()));
          at(fault.from() + fault.lasts(), () -> tally.after(fault, dispatcher.states()));
        });
    for (var next = arrivals.next(); next != null; next = arrivals.next()) {
      while (time.next() <= next.at()) {
        time.step();
      }
      time.advance(next.at());
      open++;
      tally.arrived(time.now());
      dispatcher.arrived(next);
    }
    while (time.next() != Timeline.NEVER && (open > 0 || time.next() < scenario().timing().end())) {
      time.step();
    }
    return tally;
  }

  private void at(long sinceStart, Runnable task) {
    time.at(scenario().timing().start() + sinceStart, task);
  }

  private void sample() {
    tally.sample(time.now(), dispatcher.states());
    if (time.now() + MINUTE < scenario().timing().end()) {
      time.after(MINUTE, this::sample);
    }
  }

  @Override
  public Timeline time() {
    return time;
  }

  @Override
  public Scenario scenario() {
    return setting.scenario();
  }

  @Override
  public Keyring keyring() {
    return setting.keyring();
  }

  @Override
  public List<String> models() {
    return setting.models();
  }

  @Override
  public SplittableRandom chance() {
    return chance;
  }

  @Override
  public void ask(Request request, int key, Hearing hearing) {
    var began = time.now();
    var answer = provider.ask(request, key, began);
    tally.asked(began);
    if (answer.isServed()) {
      tally.served(began, began - request.at());
      open--;
      time.after(request.firstMillis(), () -> open(request, key, hearing, answer));
    } else {
      time.after(REFUSED_AFTER, () -> hearing.refused(answer));
    }
  }

  private void open(Request request, int key, Hearing hearing, Provider.Answer answer) {
    hearing.opened(answer);
    time.after(
        request.restMillis(),
        () -> {
          provider.end(request, key, time.now());
          hearing.ended();
        });
  }

  @Override
  public void giveUp(Request request) {
    open--;
    tally.failed(time.now());
  }

  @Override
  public <T> T choosing(Supplier<T> choice) {
    var began = nanos.getAsLong();
    var chosen = choice.get();
    tally.chose(nanos.getAsLong() - began);
    return chosen;
  }
}
