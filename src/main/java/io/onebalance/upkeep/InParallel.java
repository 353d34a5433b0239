package io.onebalance.upkeep;

import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does the same with many, a few at once, each on a virtual thread. What comes of it is told on
/// the thread that asked, as it comes.
final class InParallel {
  /// Providers are not to take a round of tests for an attack.
  static final int AT_ONCE = 8;

  private InParallel() {}

  /// Ends early, with the first exception, when one is thrown by `work` or by `told`: what runs is
  /// interrupted.
  static <T, R> void each(Iterator<T> many, Function<T, R> work, Consumer<R> told) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        each(many, work, told, threads);
      } catch (InterruptedException stopped) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped before all were done", stopped);
      } catch (RuntimeException failed) {
        threads.shutdownNow();
        throw failed;
      }
    }
  }

  private static <T, R> void each(
      Iterator<T> many, Function<T, R> work, Consumer<R> told, ExecutorService threads)
      throws InterruptedException {
    var results = new ExecutorCompletionService<R>(threads);
    var running = 0;
    while (running > 0 || many.hasNext()) {
      if (running < AT_ONCE && many.hasNext()) {
        var one = many.next();
        results.submit(() -> work.apply(one));
        running++;
      } else {
        told.accept(next(results));
        running--;
      }
    }
  }

  private static <R> R next(ExecutorCompletionService<R> results) throws InterruptedException {
    try {
      return results.take().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    }
  }
}
