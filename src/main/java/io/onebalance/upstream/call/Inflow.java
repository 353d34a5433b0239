package io.onebalance.upstream.call;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an upstream says, taken out of the kernel no faster than it is wanted (F40), and its end
/// told behind the last of it, as it was.
///
/// Streams of Vert.x that are paused can do neither. They go on reading: Vert.x counts pieces, of
/// whatever size, and looks only when it has read all there is. And when the connection goes they
/// say so at once, as of an answer that broke off, also where all of it waits in them, up to its
/// end. So here a pause stops the connection, which over HTTP/1.1 carries nothing else, and what
/// was read before waits here, the end behind it. HTTP/2's streams have windows, which only a pause
/// of Vert.x' keeps shut: what waits there is fetched when the stream breaks, and told before that.
///
/// Belongs to the connection's event loop.
public final class Inflow implements ReadStream<Buffer> {
  private final ReadStream<Buffer> from;
  private final HttpClientRequest asker;
  private final Optional<Hearing> hearing;
  private final boolean hasWindows;
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Throwable failure;
  private boolean begun;
  private boolean flowing;
  private boolean handing;
  private boolean over;
  private boolean told;

  private Inflow(ReadStream<Buffer> from, HttpClientRequest asker) {
    this.from = from;
    this.asker = asker;
    hearing = Optional.ofNullable(Hearing.of(asker.connection()));
    hasWindows = asker.version() == HttpVersion.HTTP_2;
    from.handler(this::take);
    from.endHandler(_ -> end());
    from.exceptionHandler(this::fail);
  }

  /// The body of an answer, which is paused, and so is this.
  public static Inflow of(HttpClientResponse response) {
    return new Inflow(response, response.request());
  }

  /// What comes over the socket that an answer makes of its connection.
  public static Inflow ofSocket(HttpClientResponse response) {
    return new Inflow(response.netSocket(), response.request());
  }

  @Override
  public Inflow pause() {
    flowing = false;
    if (comes()) {
      hearing.ifPresent(it -> it.hold(asker));
      if (hasWindows) {
        from.pause();
      }
    }
    return this;
  }

  @Override
  public Inflow resume() {
    flowing = true;
    hand();
    if (flowing && comes()) {
      hearing.ifPresent(it -> it.letGo(asker));
      if (hasWindows || !begun) {
        begun = true;
        from.resume();
      }
    }
    return this;
  }

  /// Nobody counts pieces here.
  @Override
  public Inflow fetch(long amount) {
    return amount == 0 ? this : resume();
  }

  @Override
  public Inflow exceptionHandler(@Nullable Handler<Throwable> failed) {
    exceptionHandler = failed;
    return this;
  }

  @Override
  public Inflow handler(@Nullable Handler<Buffer> taken) {
    handler = taken;
    return this;
  }

  @Override
  public Inflow endHandler(@Nullable Handler<Void> ended) {
    endHandler = ended;
    return this;
  }

  /// Whether more may come over the connection.
  private boolean comes() {
    return !over && failure == null;
  }

  private void take(Buffer piece) {
    waiting.add(piece);
    hand();
  }

  /// Nothing more of this comes over the connection, which may carry something else by now.
  private void end() {
    if (failure == null) {
      hearing.ifPresent(it -> it.letGo(asker));
      over = true;
      hand();
    }
  }

  /// Vert.x hands on what waits there in a turn of its own, the next one.
  private void fail(Throwable why) {
    if (comes()) {
      failure = why;
      from.resume();
      Objects.requireNonNull(Vertx.currentContext(), "an event loop")
          .runOnContext(_ -> {
            over = true;
            hand();
          });
    }
  }

  /// Hands on what waits for as long as it is wanted, and then the end.
  private void hand() {
    if (handing) {
      return;
    }
    handing = true;
    try {
      for (var piece = next(); piece != null; piece = next()) {
        if (handler != null) {
          handler.handle(piece);
        }
      }
    } finally {
      handing = false;
    }
    if (flowing && over && !told) {
      told = true;
      tellEnd();
    }
  }

  private @Nullable Buffer next() {
    return flowing ? waiting.poll() : null;
  }

  private void tellEnd() {
    if (failure == null) {
      if (endHandler != null) {
        endHandler.handle(null);
      }
    } else if (exceptionHandler != null) {
      exceptionHandler.handle(failure);
    }
  }
}
