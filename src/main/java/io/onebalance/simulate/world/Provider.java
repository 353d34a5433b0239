package io.onebalance.simulate.world;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.simulate.scenario.Fault;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.Telling;
import io.onebalance.simulate.scenario.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The pretended provider: judges each request by the true state of its key, and says of it what
/// the scenario lets it tell.
public final class Provider {
  private static final long SALT = 0x7072_6f76L;
  private static final Verdict SERVED = new Verdict.Served();

  private final Scenario scenario;
  private final Keyring keyring;
  private final int models;
  private final @Nullable Account[] accounts;
  private final SplittableRandom chance;

  public Provider(Scenario scenario, Keyring keyring, int models) {
    this.scenario = scenario;
    this.keyring = keyring;
    this.models = models;
    accounts = new @Nullable Account[keyring.accounts() * models];
    chance = new SplittableRandom(scenario.seed() ^ SALT);
  }

  /// What an answer means, and what its fields tell of the key's limits.
  public record Answer(Verdict verdict, List<Allowance> told) {
    public boolean isServed() {
      return verdict instanceof Verdict.Served;
    }
  }

  /// A request comes with this key. If it is served, [#end] is to follow.
  public Answer ask(Request request, int number, long now) {
    var key = keyring.key(number);
    var since = now - scenario.timing().start();
    var trouble = trouble(key, since);
    if (trouble != null) {
      return new Answer(trouble, List.of());
    }
    var account = account(key, request.model());
    var full = account.full(request.input(), now);
    if (full == null) {
      account.accept(request.input(), now);
    }
    var told = tells() == Telling.HEADERS ? account.allowances(now) : List.<Allowance>of();
    return new Answer(full == null ? SERVED : Refusals.limited(tells(), full, now), told);
  }

  /// The answer to a request that was served is whole.
  public void end(Request request, int number, long now) {
    account(keyring.key(number), request.model()).end(request.output(), now);
  }

  private @Nullable Verdict trouble(PretendKey key, long since) {
    if (key.dead()) {
      return new Verdict.Dead("the key is not valid");
    }
    for (var fault : scenario.provider().faults()) {
      if (strikes(fault, since)) {
        return verdict(fault.answer(), fault.retryAfter());
      }
    }
    return key.isDown(since)
        ? verdict(key.group().ailments().flapping().answer(), Optional.empty())
        : null;
  }

  private boolean strikes(Fault fault, long since) {
    return fault.runs(since) && (fault.share() >= 1 || chance.nextDouble() < fault.share());
  }

  private static Verdict verdict(Trouble trouble, Optional<Duration> retryAfter) {
    return switch (trouble) {
      case OVERLOADED -> new Verdict.Overloaded("the model is overloaded", retryAfter);
      case FAULTED -> new Verdict.Faulted("500");
      case LIMITED -> new Verdict.Limited(Verdict.Window.UNKNOWN, retryAfter, Optional.empty());
      case DOUBTED -> new Verdict.Doubted("403");
    };
  }

  private Telling tells() {
    return scenario.provider().tells();
  }

  private Account account(PretendKey key, int model) {
    var place = key.account() * models + model;
    var account = accounts[place];
    if (account == null) {
      account = new Account(key.group(), scenario.timing().start());
      accounts[place] = account;
    }
    return account;
  }
}
