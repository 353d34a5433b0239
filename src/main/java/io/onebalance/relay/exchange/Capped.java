package io.onebalance.relay.exchange;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// A stream that may bring so many bytes and no more: then it stops for good and says so once.
/// While somebody listens, its silence is watched.
final class Capped implements ReadStream<Buffer> {
  private final ReadStream<Buffer> from;
  private final Silence silence;
  private final Runnable overflow;
  private long left;

  Capped(ReadStream<Buffer> from, long most, Silence silence, Runnable overflow) {
    this.from = from;
    this.left = most;
    this.silence = silence;
    this.overflow = overflow;
  }

  @Override
  public Capped exceptionHandler(@Nullable Handler<Throwable> handler) {
    from.exceptionHandler(handler);
    return this;
  }

  @Override
  public Capped handler(@Nullable Handler<Buffer> handler) {
    from.handler(handler == null ? null : bytes -> count(bytes, handler));
    return this;
  }

  @Override
  public Capped pause() {
    silence.deaf();
    from.pause();
    return this;
  }

  @Override
  public Capped resume() {
    silence.listening();
    from.resume();
    return this;
  }

  @Override
  public Capped fetch(long amount) {
    silence.listening();
    from.fetch(amount);
    return this;
  }

  @Override
  public Capped endHandler(@Nullable Handler<Void> handler) {
    from.endHandler(_ -> {
      silence.over();
      if (handler != null) {
        handler.handle(null);
      }
    });
    return this;
  }

  private void count(Buffer bytes, Handler<Buffer> handler) {
    if (left < 0) {
      return;
    }
    silence.heard();
    left -= bytes.length();
    if (left < 0) {
      overflow.run();
    } else {
      handler.handle(bytes);
    }
  }
}
