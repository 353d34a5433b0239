package io.onebalance.relay.tell;

import io.onebalance.relay.translate.StreamTranslator;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/// An answer that is written in the provider's dialect, and read in the client's.
final class Interpreting implements WriteStream<Buffer> {
  private final WriteStream<Buffer> outlet;
  private final StreamTranslator translator;

  Interpreting(WriteStream<Buffer> outlet, StreamTranslator translator) {
    this.outlet = outlet;
    this.translator = translator;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    var told = translator.feed(bytes.getBytes());
    return told.length == 0 ? Future.succeededFuture() : outlet.write(Buffer.buffer(told));
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
