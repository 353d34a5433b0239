package io.onebalance.interleaved;

import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Slot;
import io.onebalance.provider.answer.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// Threads take keys of one pool and give them back, of which each may run one request.
@Param(name = "thread", gen = ThreadIdGen.class)
public class SharedPool {
  private final Pool pool = Keyring.of("a", "b");

  /// What each thread holds is its own, so that each operation is one call of the pool.
  private final List<Deque<Slot>> held =
      Stream.generate(() -> (Deque<Slot>) new ArrayDeque<Slot>()).limit(4).toList();

  @Operation
  public String take(@Param(name = "thread") int thread) {
    return switch (pool.choose(Keyring.MODEL, Set.of(), Keyring.NOW)) {
      case Choice.Chosen(var slot) -> {
        held.get(thread).add(slot);
        yield slot.key().id();
      }
      case Choice.Wait _ -> "wait";
      case Choice.None _ -> "none";
    };
  }

  @Operation
  public boolean giveBack(@Param(name = "thread") int thread) {
    var slot = held.get(thread).poll();
    if (slot != null) {
      Keyring.serve(slot);
    }
    return slot != null;
  }

  /// The provider had no room for it.
  @Operation
  public boolean overloaded(@Param(name = "thread") int thread) {
    var slot = held.get(thread).poll();
    if (slot != null) {
      Keyring.settle(slot, new Verdict.Overloaded("503", Optional.empty()));
    }
    return slot != null;
  }

  @Operation
  public int inFlight() {
    return pool.inFlight();
  }

  @Validate
  public void no_place_is_lost_and_no_key_runs_more_than_it_may() {
    var taken = held.stream().mapToInt(Deque::size).sum();
    var keys = held.stream().flatMap(Deque::stream).map(slot -> slot.key().id()).distinct().count();
    if (pool.inFlight() != taken || keys != taken) {
      throw new IllegalStateException(pool.inFlight() + " in flight, " + taken + " of " + keys);
    }
  }
}
