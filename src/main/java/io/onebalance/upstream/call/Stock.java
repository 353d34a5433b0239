package io.onebalance.upstream.call;

import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one upstream over HTTP/1.1. Each carries one request at a
/// time and is used again when the answer was read to its end; what is reset closes it. The one
/// used last is taken first, so that those beyond the need grow old and are closed.
///
/// It knows the free ones, so a request takes the same time however many are open, and no locks.
/// Vert.x' pool, which is for any thread and any version of HTTP, looks through all of them.
///
/// Belongs to its event loop.
final class Stock implements Line {
  private static final int FINAL_STATUS = 200;

  /// How long who left may keep a place among those who wait.
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Supplier<Future<HttpClientConnection>> connecting;
  private final Duration keeping;
  private final int most;
  private final Wheel wheel;
  private final Consumer<Stock> emptied;
  private final ArrayDeque<Link> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private Wheel.@Nullable Alarm looking;
  private Wheel.@Nullable Alarm sweeping;
  private int open;

  /// `most` connections may be open, and as many requests wait; what is idle for as long as
  /// `keeping` is closed. `emptied` is told whenever the last connection is gone and nobody waits,
  /// and where for as long none was ever asked for.
  Stock(
      Supplier<Future<HttpClientConnection>> connecting,
      Duration keeping,
      int most,
      Wheel wheel,
      Consumer<Stock> emptied) {
    this.connecting = connecting;
    this.keeping = keeping;
    this.most = most;
    this.wheel = wheel;
    this.emptied = emptied;
    this.looking = wheel.after(keeping, this::look);
  }

  /// Fails with a [ConnectionPoolTooBusyException] where too many wait already.
  @Override
  public Future<HttpClientRequest> request(RequestOptions options, BooleanSupplier gone) {
    var free = freshest();
    if (free != null) {
      return free.carry(options);
    }
    if (open >= most && waiting.size() >= most) {
      return Future.failedFuture(new ConnectionPoolTooBusyException("too many wait"));
    }
    var waiter = new Waiter(options, gone, Promise.promise());
    if (open < most) {
      connect(waiter);
    } else {
      await(waiter);
    }
    return waiter.request.future();
  }

  /// The one used last that the server still keeps; those it does not are closed. Whoever asks
  /// counts as one that is open meanwhile: the stock is not empty.
  private @Nullable Link freshest() {
    open++;
    var last = idle.pollLast();
    while (last != null && !last.isFit()) {
      last.connection.close();
      last = idle.pollLast();
    }
    open--;
    return last;
  }

  private void await(Waiter waiter) {
    waiting.add(waiter);
    if (sweeping == null) {
      sweeping = wheel.after(SWEEP, this::sweep);
    }
  }

  /// Who left gives up its place, and what it wanted to send is let go.
  private void sweep() {
    sweeping = null;
    waiting.removeIf(waiter -> waiter.gone.getAsBoolean());
    if (!waiting.isEmpty()) {
      sweeping = wheel.after(SWEEP, this::sweep);
    }
  }

  private void connect(Waiter waiter) {
    open++;
    connecting
        .get()
        .onComplete(
            connection -> {
              var link = new Link(connection);
              link.watch();
              if (waiter.gone.getAsBoolean()) {
                free(link);
              } else {
                waiter.take(link);
              }
            },
            failure -> {
              closed();
              waiter.request.fail(failure);
            });
  }

  private void free(Link link) {
    var next = next();
    if (next != null) {
      next.take(link);
      return;
    }
    link.since = wheel.millis();
    idle.addLast(link);
    if (looking == null) {
      looking = wheel.after(keeping, this::look);
    }
  }

  /// A place is free for a connection again.
  private void closed() {
    open--;
    var next = next();
    if (next != null) {
      connect(next);
    } else if (open == 0) {
      emptied.accept(this);
    }
  }

  private @Nullable Waiter next() {
    var next = waiting.poll();
    while (next != null && next.gone.getAsBoolean()) {
      next = waiting.poll();
    }
    return next;
  }

  /// Closes what was idle for too long, and looks again when the next will have been.
  private void look() {
    looking = null;
    var now = wheel.millis();
    for (var oldest = idle.peekFirst(); oldest != null; oldest = idle.peekFirst()) {
      var left = keeping.toMillis() - (now - oldest.since);
      if (left > 0) {
        looking = wheel.after(Duration.ofMillis(left), this::look);
        return;
      }
      idle.pollFirst();
      oldest.connection.close();
    }
    if (open == 0) {
      emptied.accept(this);
    }
  }

  /// A request that waits for a connection.
  private record Waiter(
      RequestOptions options, BooleanSupplier gone, Promise<HttpClientRequest> request) {
    void take(Link link) {
      link.carry(options).onComplete(request);
    }
  }

  /// One connection.
  private final class Link {
    private final HttpClientConnection connection;
    private boolean ended;
    private long since;

    Link(HttpClientConnection connection) {
      this.connection = connection;
    }

    /// Vert.x tells that a connection takes no more requests before it closes it.
    void watch() {
      ((UnpooledHttpClientConnection) connection).unwrap().evictionHandler(_ -> end());
    }

    /// Whether the server still keeps it, as far as it said for how long it does.
    boolean isFit() {
      return !ended && ((UnpooledHttpClientConnection) connection).unwrap().isValid();
    }

    Future<HttpClientRequest> carry(RequestOptions options) {
      return connection
          .request(options)
          .onSuccess(request -> request.response().onSuccess(this::answered));
    }

    private void answered(HttpClientResponse response) {
      if (response.statusCode() >= FINAL_STATUS) {
        response.end().onSuccess(_ -> read());
      }
    }

    private void read() {
      if (!ended) {
        free(this);
      }
    }

    private void end() {
      if (!ended) {
        ended = true;
        idle.remove(this);
        closed();
      }
    }
  }
}
