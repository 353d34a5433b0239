package io.onebalance.interleaved;

import io.onebalance.key.Ask;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// [HandedOver] with a line that is wrong: who finds no key joins it without looking once more, so
/// that what is given back in between wakes nobody. Whoever tries orders has to find that.
public final class Forgotten extends HandedOver {
  public Forgotten() {
    super(ForgetfulLine::new);
  }

  private static final class ForgetfulLine implements Waits {
    private final Pool pool;
    private final Queue<Consumer<Choice>> line = new ConcurrentLinkedQueue<>();

    ForgetfulLine(Pool pool) {
      this.pool = pool;
      pool.tellsOfRoom(_ -> room());
    }

    @Override
    public void ask(String caller, Consumer<Choice> told) {
      var choice = choose();
      if (choice instanceof Choice.Chosen) {
        told.accept(choice);
      } else {
        line.add(told);
      }
    }

    private Choice choose() {
      return pool.choose(Ask.of(Keyring.MODEL), Keyring.NOW);
    }

    private void room() {
      if (!line.isEmpty() && choose() instanceof Choice.Chosen chosen) {
        line.remove().accept(chosen);
      }
    }

    @Override
    public int waiting() {
      return line.size();
    }
  }
}
