package io.onebalance.relay.exchange;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// A stream that may bring so many bytes and no more: then it stops for good and says so once.
final class Capped implements ReadStream<Buffer> {
  private final ReadStream<Buffer> from;
  private final Runnable overflow;
  private long left;

  Capped(ReadStream<Buffer> from, long most, Runnable overflow) {
    this.from = from;
    this.left = most;
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
    from.pause();
    return this;
  }

  @Override
  public Capped resume() {
    from.resume();
    return this;
  }

  @Override
  public Capped fetch(long amount) {
    from.fetch(amount);
    return this;
  }

  @Override
  public Capped endHandler(@Nullable Handler<Void> handler) {
    from.endHandler(handler);
    return this;
  }

  private void count(Buffer bytes, Handler<Buffer> handler) {
    if (left < 0) {
      return;
    }
    left -= bytes.length();
    if (left < 0) {
      overflow.run();
    } else {
      handler.handle(bytes);
    }
  }
}
