package io.onebalance.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onebalance.server.watch.Patience;
import io.onebalance.wire.Line;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// A listener on a free port of this machine, with doors that a test hangs. What a test changes, it
/// changes before it opens.
final class House implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final AtomicReference<Cors> cors = new AtomicReference<>(new Cors(Set.of()));
  final AtomicReference<Set<String>> proxies = new AtomicReference<>(Set.of());
  final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  final Health health = new Health(trouble::get);
  Optional<Address.Tls> tls = Optional.empty();
  boolean http2InTheClear;
  Patience patience =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));
  Optional<Desk> desk = Optional.empty();
  Optional<Handler<HttpServerRequest>> relay = Optional.empty();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<Listener> listener = Optional.empty();

  House open() {
    var doors =
        new Doors(
            health,
            cors::get,
            peer -> proxies.get().contains(peer),
            desk,
            relay.map(handler -> (Function<Vertx, Handler<HttpServerRequest>>) _ -> handler),
            threads);
    var address = new Address("127.0.0.1", 0, tls, http2InTheClear);
    listener = Optional.of(join(new Listener(address, doors, () -> patience).open(vertx, 1)));
    return this;
  }

  Listener listener() {
    return listener.orElseThrow();
  }

  int port() {
    return listener().port();
  }

  String url(String path) {
    return (tls.isPresent() ? "https" : "http") + "://localhost:" + port() + path;
  }

  Line line() throws IOException {
    return Line.to(port());
  }

  static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /// What a test does to a response, done on the event loop it belongs to. Call it there.
  static Runnable onItsLoop(Runnable task) {
    var loop = Objects.requireNonNull(Vertx.currentContext(), "an event loop");
    return () -> loop.runOnContext(_ -> task.run());
  }

  static Reply text(String text) {
    return new Reply.Whole(200, List.of(), text.getBytes(UTF_8));
  }

  /// A desk that takes everything and lets everybody in.
  static Desk desk(Function<Visit, Reply> answer) {
    return new Desk() {
      @Override
      public boolean owns(String path) {
        return true;
      }

      @Override
      public Optional<Reply> refusal(Visit head) {
        return Optional.empty();
      }

      @Override
      public int mostBytes(Visit head) {
        return 1 << 20;
      }

      @Override
      public Reply answer(Visit visit) {
        return answer.apply(visit);
      }
    };
  }

  @Override
  public void close() {
    join(vertx.close());
    threads.close();
  }
}
