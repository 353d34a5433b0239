package io.onebalance.program.ground;

import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Script;
import io.onebalance.settings.Settings;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// What a program stands on, and what has to be given back when it cannot start: the store, and
/// what lives on event loops.
public record Ground(OpenStore stored, Loops loops, KeyNews news, InstantSource clock) {
  /// The event loops, and those on them that need no store.
  record Loops(Vertx vertx, Inquiry inquiry, Optional<Sandbox> sandbox) {
    static {
      System.setProperty("vertx.disableContextTimings", "true"); // LoopWatch looks instead
    }

    static Loops start(Settings settings, InstantSource clock) {
      var vertx = Vertx.vertx(options());
      var reach = Reach.ofTheMachine(settings.timeout().connect(), clock);
      var inquiry = Inquiry.on(vertx, reach);
      var sandbox =
          settings.sandboxEnabled()
              ? Optional.of(Sandbox.start(vertx, new Script(), clock).await())
              : Optional.<Sandbox>empty();
      return new Loops(vertx, inquiry.await(), sandbox);
    }

    /// Nothing here is loaded by a thread's class loader; to set it for each thing that happens is
    /// dear, as the collector is told of what old objects refer to. So is reading the clock each
    /// time for Vert.x' watch over blocked threads, which has nothing to look at then.
    private static VertxOptions options() {
      return new VertxOptions()
          .setPreferNativeTransport(true)
          .setDisableTCCL(true)
          .setBlockedThreadCheckInterval(1)
          .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS);
    }
  }

  /// Opens all or nothing. The loops start while the store opens: each takes a good part of the
  /// time to the first answer.
  public static Ground open(Settings settings, InstantSource clock) {
    var loops =
        CompletableFuture.supplyAsync(
            () -> Loops.start(settings, clock), task -> Thread.ofPlatform().start(task));
    try {
      var news = new KeyNews();
      var stored = OpenStore.open(settings.storage(), () -> InForce.policy(settings), clock, news);
      return new Ground(stored, joined(loops, stored), news, clock);
    } catch (RuntimeException failed) {
      loops.thenAccept(started -> started.vertx().close().await()).exceptionally(_ -> null).join();
      throw failed;
    }
  }

  private static Loops joined(CompletableFuture<Loops> loops, OpenStore stored) {
    try {
      return loops.join();
    } catch (CompletionException failed) {
      stored.close();
      throw failed;
    }
  }

  public Vertx vertx() {
    return loops.vertx();
  }

  public Inquiry inquiry() {
    return loops.inquiry();
  }

  public Optional<Sandbox> sandbox() {
    return loops.sandbox();
  }

  public void giveBack() {
    vertx().close().await();
    stored.close();
  }
}
