package io.onebalance.interleaved;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Slot;
import io.onebalance.key.queue.Line;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// Threads wait in line for the one request that the one key may run. No alarm ever rings: nobody
/// must need one.
@Param(name = "thread", gen = ThreadIdGen.class)
public final class SharedLine {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Pool pool = Keyring.of("a");
  private final Line line = new Line(pool, (_, _) -> () -> {}, () -> Keyring.NOW);

  private final List<ConcurrentLinkedDeque<Slot>> held =
      Stream.generate(ConcurrentLinkedDeque<Slot>::new).limit(4).toList();

  /// The first thread has the key already, so that most orders are about giving it back.
  public SharedLine() {
    ask(1);
  }

  /// Tells whether it got the key before it was done asking.
  @Operation
  public boolean ask(@Param(name = "thread") int thread) {
    var told = new AtomicBoolean();
    line.ask(
        Ask.of(Keyring.MODEL),
        "caller " + thread,
        PATIENCE,
        choice -> {
          if (choice instanceof Choice.Chosen(var slot)) {
            held.get(thread).add(slot);
            told.set(true);
          }
        });
    return told.get();
  }

  @Operation
  public boolean giveBack(@Param(name = "thread") int thread) {
    var slot = held.get(thread).poll();
    if (slot != null) {
      Keyring.serve(slot);
    }
    return slot != null;
  }

  @Validate
  public void nobody_waits_while_the_key_has_room_and_it_never_runs_more_than_it_may() {
    var taken = held.stream().mapToInt(ConcurrentLinkedDeque::size).sum();
    if (taken > 1 || pool.inFlight() != taken || (line.waiting() > 0 && taken == 0)) {
      throw new IllegalStateException(taken + " taken, " + line.waiting() + " waiting");
    }
  }
}
