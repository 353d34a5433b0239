package io.onebalance.key.pool;

import io.onebalance.key.Policy;
import io.onebalance.key.RunningRest;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.roster.News;
import io.onebalance.key.roster.Soonest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// All pools of the program, one for each provider. The live state of keys is here and outlives
/// every reload of the settings. Safe for use by several threads.
public final class Pools {
  private final Map<String, Pool> byProvider = new ConcurrentHashMap<>();
  private final RandomGenerator chance;
  private final Consumer<String> changedKeyId;
  private final Consumer<KeyEvent> events;
  private volatile Policy policy;

  /// `changedKeyId` hears the id of each key whose standing changed. It runs on the thread that
  /// brought the news, under no lock, and has to be quick.
  public Pools(Policy policy, RandomGenerator chance, Consumer<String> changedKeyId) {
    this(policy, chance, changedKeyId, _ -> {});
  }

  /// As above; `events` hears of what happened to keys, in the same way.
  public Pools(
      Policy policy,
      RandomGenerator chance,
      Consumer<String> changedKeyId,
      Consumer<KeyEvent> events) {
    this.policy = policy;
    this.chance = chance;
    this.changedKeyId = changedKeyId;
    this.events = events;
  }

  /// The provider's pool, made when it is asked for first.
  public Pool of(String provider) {
    var pool = byProvider.get(provider);
    return pool == null ? made(provider) : pool;
  }

  /// The provider's pool, if any key was ever put there.
  public Optional<Pool> known(String provider) {
    return Optional.ofNullable(byProvider.get(provider));
  }

  /// Every pool, by its provider.
  public Map<String, Pool> all() {
    return Map.copyOf(byProvider);
  }

  /// Notices what time alone brought back and tells of it, also where nobody asks for a key.
  public void notice(Instant now) {
    byProvider.values().forEach(pool -> pool.notice(now));
  }

  /// The rests that end soonest.
  public List<RunningRest> soonest(int most, Instant now) {
    var soonest = new Soonest(most, now);
    byProvider.values().forEach(pool -> pool.each(soonest));
    return soonest.found();
  }

  /// What is decided from now on; running rests stay as they are.
  public void policy(Policy next) {
    policy = next;
  }

  public Policy policy() {
    return policy;
  }

  /// Each pool has chance of its own: most generators are not safe for several threads.
  private synchronized Pool made(String provider) {
    var own = new SplittableRandom(chance.nextLong());
    return byProvider.computeIfAbsent(
        provider,
        _ -> new Pool(this::policy, own, new News.Listeners(provider, changedKeyId, events)));
  }
}
