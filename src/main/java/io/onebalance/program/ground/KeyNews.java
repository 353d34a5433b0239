package io.onebalance.program.ground;

import io.onebalance.key.event.KeyEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Hands on what happens to keys to everybody who listens. Thread-safe.
public final class KeyNews implements Consumer<KeyEvent> {
  private final List<Consumer<KeyEvent>> listeners = new CopyOnWriteArrayList<>();

  /// Tells this one too from here on. It is told on event loops, so it has to be quick.
  public void tell(Consumer<KeyEvent> listener) {
    listeners.add(listener);
  }

  @Override
  public void accept(KeyEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
