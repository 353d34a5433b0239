package io.onebalance.store.history;

import io.onebalance.store.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Somebody who writes a little, again and again, and how long that takes beside others who write.
final class Edits implements AutoCloseable {
  private final List<Double> times = Collections.synchronizedList(new ArrayList<>());
  private final Thread editor;
  private volatile boolean over;

  Edits(Database database) {
    editor =
        Thread.ofPlatform()
            .start(() -> {
              while (!over) {
                var began = System.nanoTime();
                database.write(handle -> handle.execute("UPDATE ledger_mark SET newest = newest"));
                times.add((System.nanoTime() - began) / 1e6);
                LockSupport.parkNanos(1_000_000);
              }
            });
  }

  /// The worst.
  double tell() {
    close();
    times.sort(null);
    System.out.println(
        "an edit meanwhile: %.1f ms, worst of %d %.1f ms"
            .formatted(times.get(times.size() / 2), times.size(), times.getLast()));
    return times.getLast();
  }

  @Override
  public void close() {
    over = true;
    try {
      editor.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
