package io.onebalance.upkeep;

import io.onebalance.key.Counts;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.answer.Reason;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Tests keys again that may come back by themselves: those set aside, those whose API was switched
/// off at their account, and those out of credit. Each is tested after a pause that doubles, and
/// comes back when it is served. A key that is invalid, leaked or suspended is never asked with:
/// that invites more bans. A key out of credit is asked with the model for which it was refused:
/// lists of models are answered without credit as well. Where that is not known, after a restart,
/// traffic tries it. To be used by one thread at a time.
public final class Recovery {
  static final Duration FIRST = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofHours(24);
  private static final String ACTOR = "recovery";

  /// When a key is tested next, and how long the pause before was.
  private record Turn(Instant at, Duration pause) {
    Turn after(Instant now) {
      var longer = pause.multipliedBy(2);
      var next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
      return new Turn(now.plus(next), next);
    }
  }

  /// `model` is empty where the catalogue's own call shows enough.
  private record Candidate(String provider, String id, String model) {}

  private final Keyring keyring;
  private final Pools pools;
  private final Examiner examiner;
  private final BooleanSupplier mine;
  private final Map<Candidate, Turn> turns = new HashMap<>();

  /// `mine` says whether this is for this program to do, where several could; it may throw
  /// [io.onebalance.store.StoreTrouble].
  public Recovery(Keyring keyring, Pools pools, Examiner examiner, BooleanSupplier mine) {
    this.keyring = keyring;
    this.pools = pools;
    this.examiner = examiner;
    this.mine = mine;
  }

  /// Tests those whose time has come, and gives the ids of those that are back. Where another one
  /// tests them, their pauses grow here too: who takes over goes on where that one stopped.
  public List<String> check(Instant now) {
    var candidates = candidates(now);
    turns.keySet().retainAll(candidates);
    candidates.forEach(one -> turns.putIfAbsent(one, new Turn(now.plus(FIRST), FIRST)));
    var due =
        turns.entrySet().stream()
            .filter(turn -> !turn.getValue().at().isAfter(now))
            .map(Map.Entry::getKey)
            .toList();
    var isMine = !due.isEmpty() && mine.getAsBoolean();
    due.forEach(one -> turns.computeIfPresent(one, (_, turn) -> turn.after(now)));
    return isMine ? tested(due) : List.of();
  }

  private List<String> tested(List<Candidate> due) {
    var back = new ArrayList<String>();
    InParallel.each(
        due.iterator(),
        one -> examiner.examine(one.provider(), one.id(), one.model()),
        examined -> {
          if (examined.finding() instanceof Finding.Valid) {
            back.add(examined.keyId());
          }
        });
    var kept = due.stream().filter(one -> one.model().isEmpty()).map(Candidate::id);
    var released = kept.filter(back::contains).toList();
    if (!released.isEmpty()) {
      keyring.unblock(new Selection.Ids(released), ACTOR);
    }
    return back;
  }

  private Set<Candidate> candidates(Instant now) {
    var candidates = new HashSet<Candidate>();
    keyring.counts().entrySet().stream()
        .filter(entry -> mayHaveSome(entry.getValue()))
        .forEach(entry ->
            pools
                .known(entry.getKey())
                .ifPresent(pool -> candidates.addAll(candidates(entry.getKey(), pool, now))));
    return candidates;
  }

  private static boolean mayHaveSome(Counts counts) {
    return counts.setAside() + counts.blocked() + counts.cooling() > 0;
  }

  private static List<Candidate> candidates(String provider, Pool pool, Instant now) {
    var unpaid = pool.unpaid();
    var candidates = new ArrayList<Candidate>();
    for (var key : pool.keys()) {
      var model = unpaid.getOrDefault(key.id(), "");
      pool.standing(key.id(), now)
          .map(Standing::state)
          .flatMap(state -> testedWith(state, model))
          .map(with -> new Candidate(provider, key.id(), with))
          .ifPresent(candidates::add);
    }
    return candidates;
  }

  /// Empty where the key is not to be tested.
  private static Optional<String> testedWith(State state, String refusedFor) {
    return switch (state) {
      case State.Active() -> Optional.of(refusedFor).filter(model -> !model.isEmpty());
      case State.SetAside() -> Optional.of("");
      case State.Blocked(var reason, _) ->
          Reason.mayRecover(reason) ? Optional.of("") : Optional.empty();
    };
  }
}
