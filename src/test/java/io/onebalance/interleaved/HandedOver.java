package io.onebalance.interleaved;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Slot;
import io.onebalance.key.queue.Line;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// One thread gives back the one request that the one key may run, while another asks for it. No
/// alarm ever rings: nobody must need one. Each happens once, so that all orders are about this.
public class HandedOver {
  /// Those who wait before a pool.
  interface Waits {
    void ask(String caller, Consumer<Choice> told);

    int waiting();
  }

  private final Pool pool = Keyring.of("a");
  private final Waits line;
  private final ConcurrentLinkedDeque<Slot> held = new ConcurrentLinkedDeque<>();

  public HandedOver() {
    this(InLine::new);
  }

  HandedOver(Function<Pool, Waits> line) {
    this.line = line.apply(pool);
    ask("first");
  }

  @Operation(runOnce = true)
  public void ask() {
    ask("second");
  }

  @Operation(runOnce = true)
  public void giveBack() {
    Keyring.serve(held.remove());
  }

  private void ask(String caller) {
    line.ask(
        caller,
        choice -> {
          if (choice instanceof Choice.Chosen(var slot)) {
            held.add(slot);
          }
        });
  }

  @Validate
  public void who_asked_has_got_what_was_given_back() {
    if (held.size() != 1 || line.waiting() > 0 || pool.inFlight() != 1) {
      throw new IllegalStateException(held.size() + " held, " + line.waiting() + " waiting");
    }
  }

  private static final class InLine implements Waits {
    private final Line line;

    InLine(Pool pool) {
      line = new Line(pool, (_, _) -> () -> {}, () -> Keyring.NOW);
    }

    @Override
    public void ask(String caller, Consumer<Choice> told) {
      line.ask(Ask.of(Keyring.MODEL), caller, Duration.ofMinutes(1), told);
    }

    @Override
    public int waiting() {
      return line.waiting();
    }
  }
}
