package io.onebalance.relay.tell;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/// An answer that is gathered whole before it is told, up to a limit.
final class Gathered implements WriteStream<Buffer> {
  /// Several pictures in base64.
  private static final int MOST = 64 << 20;

  private final Buffer bytes = Buffer.buffer();
  private boolean over;

  @Override
  public Future<Void> write(Buffer piece) {
    over |= bytes.length() + piece.length() > MOST;
    if (!over) {
      bytes.appendBuffer(piece);
    }
    return Future.succeededFuture();
  }

  /// Whether there was more than the limit.
  boolean isOver() {
    return over;
  }

  Buffer bytes() {
    return bytes;
  }

  @Override
  public Future<Void> end() {
    return Future.succeededFuture();
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int most) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }
}
