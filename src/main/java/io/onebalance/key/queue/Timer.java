package io.onebalance.key.queue;

import java.time.Duration;

/// Runs a task after a while, on whatever thread. May be called from any thread.
public interface Timer {
  /// What is returned calls the task off; it does nothing once the task ran.
  Runnable after(Duration delay, Runnable task);
}
