package io.onebalance.simulate.policy;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Ask;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.pool.Slot;
import io.onebalance.key.queue.Line;
import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.secret.Secret;
import io.onebalance.simulate.world.PretendKey;
import io.onebalance.simulate.world.Provider;
import io.onebalance.simulate.world.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The program's own scheduler: the very classes of the room `key`, asked and told as the relay
/// does it.
final class Ours implements Dispatcher {
  private static final Policy POLICY = new Policy(2, 5, Catalogue.builtIn().windows());
  private static final int FAULTS = 3;
  private static final int DOUBTS = 3;
  private static final long FIRST_BACKOFF = 50;

  private final Stage stage;
  private List<Used> used = new ArrayList<>();
  private final Pool pool;
  private final Line line;
  private final RepeatBudget budget = new RepeatBudget();

  /// The `place` is that among the instances.
  Ours(Stage stage, int place) {
    this.stage = stage;
    var slug = stage.scenario().provider().slug();
    pool = new Pools(POLICY, stage.chance().split(), _ -> {}).of(slug);
    line = new Line(pool, this::after, this::now);
    for (var key : stage.keyring().keys()) {
      var own = key.number() % stage.scenario().cluster().instances() == place;
      pool.put(stored(slug, key, own ? ApiKey.HEAVIEST : 1), Standing.NEW, now());
    }
  }

  @Override
  public void arrived(Request request) {
    budget.requested();
    new Run(request).next();
  }

  /// What was used since this was asked last, but for what was refused.
  List<Used> news() {
    var news = used;
    used = new ArrayList<>();
    return news;
  }

  private void note(Used use) {
    if (stage.scenario().cluster().exchange() > 0) {
      used.add(use);
    }
  }

  /// What another instance used.
  void hear(List<Used> others) {
    for (var use : others) {
      var tokens = use.need();
      pool.usedElsewhere(
          new KeyUse(use.keyId(), use.model(), 1, tokens.inputTokens(), tokens.outputTokens()),
          now(),
          now());
    }
  }

  @Override
  public States states() {
    var counts = pool.counts(now());
    return new States(counts.active(), counts.cooling(), counts.blocked() + counts.setAside());
  }

  private static ApiKey stored(String slug, PretendKey key, int weight) {
    var id = Integer.toString(key.number());
    var account = key.group().sharing().told() ? "project-" + key.account() : "";
    return new ApiKey(id, slug, new Secret("pretend"), account, "", weight, Instant.EPOCH);
  }

  /// Virtual time calls nothing off; what was called off does nothing.
  private Runnable after(Duration delay, Runnable task) {
    var alarm = new Alarm(task);
    stage.time().after(Math.max(1, delay.plusNanos(999_999).toMillis()), alarm::ring);
    return alarm::callOff;
  }

  private static final class Alarm {
    private @Nullable Runnable task;

    Alarm(Runnable task) {
      this.task = task;
    }

    void ring() {
      if (task != null) {
        task.run();
      }
    }

    void callOff() {
      task = null;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(stage.time().now());
  }

  /// One request on its way.
  private final class Run {
    private final Request request;
    private final Set<String> asked = new HashSet<>(2);
    private final Set<String> doubted = new HashSet<>(2);
    private final long until;
    private final Need need;
    private final String caller;
    private int faults;
    private boolean choosing;
    private @Nullable Choice chosen;

    Run(Request request) {
      this.request = request;
      until = request.at() + stage.scenario().timing().patience();
      caller = Integer.toString(request.gatewayKey());
      need = new Need(guess(request), Math.round(stage.scenario().demand().output().median()));
    }

    /// From the length of a body tokens can be told to about a fifth.
    private static long guess(Request request) {
      return Math.round(request.input() * (0.8 + 0.4 * (request.number() % 101) / 100));
    }

    void next() {
      choosing = true;
      var left = Duration.ofMillis(Math.max(0, until - stage.time().now()));
      stage.choosing(() -> line.ask(question(), caller, left, this::told));
      choosing = false;
      if (chosen != null) {
        var choice = chosen;
        chosen = null;
        follow(choice);
      }
    }

    /// What is told at once waits until the choice is over, so that only the choice is timed.
    private void told(Choice choice) {
      if (choosing) {
        chosen = choice;
      } else {
        follow(choice);
      }
    }

    private Ask question() {
      return Ask.of(stage.models().get(request.model())).without(asked).needing(need);
    }

    private void follow(Choice choice) {
      switch (choice) {
        case Choice.Chosen(var slot) -> {
          var use = new Used(slot.key().id(), slot.model(), need);
          note(use);
          stage.ask(request, Integer.parseInt(slot.key().id()), new Attempt(this, slot, use));
        }
        case Choice.Wait _, Choice.None _ -> end(false);
      }
    }

    private void refused(Slot slot, Verdict verdict) {
      switch (verdict) {
        case Verdict.Dead _, Verdict.NoAccess _, Verdict.Limited _, Verdict.Exhausted _ -> next();
        case Verdict.Unpermitted _ -> {
          asked.add(slot.key().id());
          next();
        }
        case Verdict.Doubted _ -> {
          asked.add(slot.key().id());
          doubted.add(slot.key().id());
          again(doubted.size() < DOUBTS, 0);
        }
        case Verdict.Faulted _, Verdict.Overloaded _ -> {
          faults++;
          var backoff = stage.chance().nextLong(FIRST_BACKOFF << faults);
          again(faults < FAULTS && budget.take(stage.time().now()), backoff);
        }
        case Verdict.Astray _, Verdict.Mistaken _, Verdict.Served _ -> end(false);
      }
    }

    private void again(boolean may, long backoff) {
      if (may) {
        stage.time().after(backoff, this::next);
      } else {
        end(false);
      }
    }

    /// Doubted keys are convicted when another key served the request, and released otherwise.
    private void end(boolean served) {
      for (var key : doubted) {
        if (served) {
          pool.convict(key, "403", Long.toString(request.number()), now());
        } else {
          pool.acquit(key, Long.toString(request.number()), now());
        }
      }
      if (!served) {
        stage.giveUp(request);
      }
    }
  }

  private final class Attempt implements Hearing {
    private final Run run;
    private final Slot slot;
    private final Used use;
    private final Instant began = now();

    Attempt(Run run, Slot slot, Used use) {
      this.run = run;
      this.use = use;
      this.slot = slot;
    }

    @Override
    public void opened(Provider.Answer answer) {
      slot.told(answer.told(), now());
      slot.answered(latency(), now());
      run.end(true);
    }

    @Override
    public void ended() {
      slot.used(run.request.input(), 0, run.request.output());
      slot.settle(new Outcome.Abandoned(), now());
    }

    @Override
    public void refused(Provider.Answer answer) {
      used.remove(use);
      slot.told(answer.told(), now());
      slot.settle(new Outcome.Judged(answer.verdict(), latency()), now());
      run.refused(slot, answer.verdict());
    }

    private Duration latency() {
      return Duration.between(began, now());
    }
  }
}
