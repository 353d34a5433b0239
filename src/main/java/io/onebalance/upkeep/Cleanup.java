package io.onebalance.upkeep;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.answer.Reason;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.upkeep.Examiner.Examined;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tests the keys of a provider that fail again and again, and takes those out that are confirmed
/// dead. Thread-safe.
public final class Cleanup {
  /// What is done with a key that is confirmed dead.
  public enum Action {
    DELETE,
    BLOCK
  }

  /// What a cleanup really did: keys asked with, deleted, blocked, and found well again.
  public record Cleaned(int checked, int deleted, int blocked, int recovered) {}

  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  private final Keyring keyring;
  private final Pools pools;
  private final Examiner examiner;
  private final Supplier<Action> action;
  private final InstantSource clock;
  private final Map<String, List<Examined>> left = new ConcurrentHashMap<>();

  public Cleanup(
      Keyring keyring,
      Pools pools,
      Examiner examiner,
      Supplier<Action> action,
      InstantSource clock) {
    this.keyring = keyring;
    this.pools = pools;
    this.examiner = examiner;
    this.action = action;
    this.clock = clock;
  }

  /// Cleans up the keys of all providers that have any. What goes wrong with one is told in the log
  /// and keeps no other from its turn; [StoreTrouble] is thrown when all had theirs.
  public Map<String, Cleaned> run(String actor) {
    var cleaned = new LinkedHashMap<String, Cleaned>();
    var away = new ArrayList<StoreTrouble>();
    for (var provider : keyring.counts().keySet()) {
      try {
        cleaned.put(provider, run(provider, actor));
        LOG.info("{}: {}", provider, cleaned.get(provider));
      } catch (StoreTrouble trouble) {
        LOG.warn("the store did not take the cleanup of {}: {}", provider, trouble.getMessage());
        away.add(trouble);
      } catch (RuntimeException failed) {
        LOG.error("the cleanup of {} failed", provider, failed);
      }
    }
    if (!away.isEmpty()) {
      throw away.getFirst();
    }
    return cleaned;
  }

  /// Cleans up one provider. A key whose owner may still bring it back without a new key is
  /// blocked, never deleted. What the store did not take last time is taken out with the rest.
  public Cleaned run(String provider, String actor) {
    var examined = new ArrayList<Examined>();
    InParallel.each(
        candidates(provider).iterator(),
        key -> examiner.examine(provider, key.id(), ""),
        examined::add);
    var well = examined.stream().filter(one -> one.finding() instanceof Finding.Valid).count();
    var checked = examined.size();
    examined.addAll(left(provider));
    var deleted = deleted(action.get());
    try {
      return new Cleaned(
          checked,
          delete(dead(examined, deleted), actor),
          block(dead(examined, deleted.negate()), actor),
          (int) well);
    } catch (StoreTrouble away) {
      left.put(provider, List.copyOf(examined));
      throw away;
    }
  }

  /// Those that were found dead and could not be taken out, as far as nobody unblocked them since.
  private List<Examined> left(String provider) {
    var before = Optional.ofNullable(left.remove(provider)).orElse(List.of());
    return before.stream().filter(one -> isBlocked(provider, one.keyId())).toList();
  }

  private boolean isBlocked(String provider, String id) {
    return pools
        .known(provider)
        .flatMap(pool -> pool.standing(id, clock.instant()))
        .filter(standing -> standing.state() instanceof State.Blocked)
        .isPresent();
  }

  /// Those confirmed dead for such reasons, by their reason.
  private static Map<String, List<String>> dead(
      List<Examined> examined, Predicate<String> reasons) {
    var dead = new LinkedHashMap<String, List<String>>();
    for (var one : examined) {
      if (one.finding() instanceof Finding.Invalid(var reason) && reasons.test(reason)) {
        dead.computeIfAbsent(reason, _ -> new ArrayList<>()).add(one.keyId());
      }
    }
    return dead;
  }

  /// The reasons that a key is deleted for.
  private static Predicate<String> deleted(Action action) {
    return switch (action) {
      case DELETE -> reason -> !Reason.mayRecover(reason);
      case BLOCK -> _ -> false;
    };
  }

  private List<ApiKey> candidates(String provider) {
    return pools
        .known(provider)
        .map(pool -> pool.keys().stream().filter(key -> isHopeless(pool, key)).toList())
        .orElse(List.of());
  }

  private boolean isHopeless(Pool pool, ApiKey key) {
    return pool.standing(key.id(), clock.instant())
        .filter(standing -> standing.state() instanceof State.Active)
        .map(Standing::health)
        .filter(pools.policy()::givesUpOn)
        .isPresent();
  }

  private int delete(Map<String, List<String>> dead, String actor) {
    var ids = dead.values().stream().flatMap(List::stream).toList();
    return ids.isEmpty() ? 0 : keyring.delete(new Selection.Ids(ids), actor);
  }

  /// They are blocked already; this writes it down at once, and who did it.
  private int block(Map<String, List<String>> dead, String actor) {
    return dead.entrySet().stream()
        .mapToInt(e -> keyring.block(new Selection.Ids(e.getValue()), e.getKey(), actor))
        .sum();
  }
}
