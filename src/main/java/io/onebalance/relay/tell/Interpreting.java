package io.onebalance.relay.tell;

import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.translate.StreamTranslator;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An answer that is written in the provider's dialect, and read in the client's. What has to be
/// kept of it is bounded like an answer that is gathered whole; with what is beyond that, the
/// writing fails.
final class Interpreting implements WriteStream<Buffer> {
  private final WriteStream<Buffer> outlet;
  private final StreamTranslator translator;
  private final Room.Share share;
  private @Nullable Refusal refusal;

  Interpreting(WriteStream<Buffer> outlet, StreamTranslator translator, Room.Share share) {
    this.outlet = outlet;
    this.translator = translator;
    this.share = share;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    var told = translator.feed(bytes.getBytes());
    refusal = Gathered.objection(translator.kept(), share).orElse(null);
    if (refusal != null) {
      return Future.failedFuture(refusal.message());
    }
    return told.length == 0 ? Future.succeededFuture() : outlet.write(Buffer.buffer(told));
  }

  /// Why not all was taken, if so.
  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public Future<Void> end() {
    return outlet.end(Buffer.buffer(translator.end()));
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int bytes) {
    outlet.setWriteQueueMaxSize(bytes);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return outlet.writeQueueFull();
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
    outlet.drainHandler(handler);
    return this;
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    outlet.exceptionHandler(handler);
    return this;
  }
}
