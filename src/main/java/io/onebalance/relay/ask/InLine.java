package io.onebalance.relay.ask;

import io.onebalance.key.Ask;
import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.queue.Lines;
import io.onebalance.key.queue.Ticket;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.upstream.Departure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes a request's place in the line before a pool, and brings what it is told there back to the
/// event loop of the request.
public final class InLine {
  private final Lines lines;
  private final Executor loop;
  private final InstantSource clock;

  /// Changed by the event loop alone, read by anybody.
  private final AtomicInteger waiting = new AtomicInteger();

  /// `loop` runs what it is given on the event loop of the requests, later.
  public InLine(Lines lines, Executor loop, InstantSource clock) {
    this.lines = lines;
    this.loop = loop;
    this.clock = clock;
  }

  /// What to do with what the line says: `told` at once where nobody has to wait, `later`, on the
  /// event loop, where the request waited, `left` when its client leaves meanwhile.
  record Then(Consumer<Choice> told, Consumer<Choice> later, Runnable left) {}

  /// How many requests of this event loop stand in line. From any thread.
  int waiting() {
    return waiting.get();
  }

  void ask(Journey journey, Pool pool, Ask ask, Duration patience, Then then) {
    new Place(journey.client(), then).take(pool, ask, journey.draft().caller(), patience);
  }

  private final class Place {
    private final Departure client;
    private final Then then;
    private @Nullable Choice atOnce;
    private volatile boolean waits;

    Place(Departure client, Then then) {
      this.client = client;
      this.then = then;
    }

    void take(Pool pool, Ask ask, String caller, Duration patience) {
      var ticket = lines.of(pool).ask(ask, caller, patience, this::told);
      Choice choice;
      synchronized (this) {
        choice = atOnce;
        waits = choice == null;
      }
      if (choice == null) {
        waitsWith(ticket);
      } else {
        then.told.accept(choice);
      }
    }

    private void waitsWith(Ticket ticket) {
      waiting.incrementAndGet();
      client.stops(() -> {
        waiting.decrementAndGet();
        ticket.leave();
        then.left.run();
      });
    }

    /// On any thread, perhaps before the place is taken.
    private void told(Choice choice) {
      synchronized (this) {
        if (!waits) {
          atOnce = choice;
          return;
        }
      }
      loop.execute(() -> later(choice));
    }

    private void later(Choice choice) {
      if (!client.isOver()) {
        waiting.decrementAndGet();
        client.stopsNothing();
        then.later.accept(choice);
      } else if (choice instanceof Choice.Chosen(var slot)) {
        slot.settle(new Outcome.Unasked(), clock.instant());
      }
    }
  }
}
