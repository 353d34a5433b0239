package io.onebalance.relay.exchange.note;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/// A response whose bytes somebody hears on their way.
public final class Witnessed implements WriteStream<Buffer> {
  private final HttpServerResponse response;
  private final Witness witness;

  public Witnessed(HttpServerResponse response, Witness witness) {
    this.response = response;
    this.witness = witness;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    witness.told(bytes);
    return response.write(bytes);
  }

  @Override
  public Future<Void> end() {
    return response.end();
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
