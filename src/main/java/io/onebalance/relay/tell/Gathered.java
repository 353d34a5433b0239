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
    refusal = objection((long) bytes.length() + piece.length(), share).orElse(null);
    if (refusal != null) {
      return Future.failedFuture(refusal.message());
    }
    bytes.appendBuffer(piece);
    return Future.succeededFuture();
  }

  /// Why so many bytes of one answer may not be kept; if they may, they count from here on.
  static Optional<Refusal> objection(long length, Room.Share share) {
    if (length > MOST) {
      return Optional.of(Refusal.failed("The provider's answer is too long."));
    }
    return share.covers(length)
        ? Optional.empty()
        : Optional.of(Refusal.overloaded("One Balance is busy: there is no room for the answer."));
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
