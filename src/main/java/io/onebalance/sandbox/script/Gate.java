package io.onebalance.sandbox.script;

import java.util.concurrent.CompletableFuture;

/// Holds answers back until a test opens it. Thread-safe; once open it stays open.
public final class Gate {
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  public void open() {
    opened.complete(null);
  }

  public void whenOpen(Runnable then) {
    opened.thenRun(then);
  }
}
