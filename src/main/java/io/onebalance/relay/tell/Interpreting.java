package io.onebalance.relay.tell;

import io.onebalance.relay.translate.StreamTranslator;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/// A response that is written in the provider's dialect, and read in the client's.
final class Interpreting implements WriteStream<Buffer> {
  private final HttpServerResponse response;
  private final StreamTranslator translator;

  Interpreting(HttpServerResponse response, StreamTranslator translator) {
    this.response = response;
    this.translator = translator;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    var told = translator.feed(bytes.getBytes());
    return told.length == 0 ? Future.succeededFuture() : response.write(Buffer.buffer(told));
  }

  @Override
  public Future<Void> end() {
    return response.end(Buffer.buffer(translator.end()));
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int bytes) {
    response.setWriteQueueMaxSize(bytes);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return response.writeQueueFull();
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
    response.drainHandler(handler);
    return this;
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    response.exceptionHandler(handler);
    return this;
  }
}
