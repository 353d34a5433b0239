package io.onebalance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Being told to stop: once, to let what runs finish; twice, to stop at once. Thread-safe.
final class Stop {
  private final CountDownLatch told = new CountDownLatch(1);
  private final CompletableFuture<Void> toldAgain = new CompletableFuture<>();
  private final CountDownLatch done = new CountDownLatch(1);

  synchronized void tell() {
    if (told.getCount() == 0) {
      toldAgain.complete(null);
    }
    told.countDown();
  }

  /// Waits until told for the first time.
  void await() throws InterruptedException {
    told.await();
  }

  /// Completed when told for the second time.
  CompletableFuture<Void> toldAgain() {
    return toldAgain;
  }

  /// Everything is closed.
  void done() {
    done.countDown();
  }

  /// The virtual machine is ending for another reason than our own end: stop in order before it
  /// does.
  void atTheLatest() {
    tell();
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
