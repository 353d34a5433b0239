package io.onebalance.relay.tell;

import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.Room;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An answer that is gathered whole before it is told, up to a limit and as far as there is room.
/// What is beyond that fails to be written.
final class Gathered implements WriteStream<Buffer> {
  /// Several pictures in base64.
  private static final int MOST = 64 << 20;

  private final Room.Share share;
  private final Buffer bytes = Buffer.buffer();
  private @Nullable Refusal refusal;

  Gathered(Room.Share share) {
    this.share = share;
  }

  @Override
  public Future<Void> write(Buffer piece) {
    var all = (long) bytes.length() + piece.length();
    if (all > MOST) {
      return refused(Refusal.failed("The provider's answer is too long."));
    }
    if (!share.covers(all)) {
      return refused(Refusal.overloaded("One Balance is busy: there is no room for the answer."));
    }
    bytes.appendBuffer(piece);
    return Future.succeededFuture();
  }

  private Future<Void> refused(Refusal why) {
    refusal = why;
    return Future.failedFuture(why.message());
  }

  /// Why not all was taken, if so.
  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
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
