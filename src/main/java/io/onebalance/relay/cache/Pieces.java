package io.onebalance.relay.cache;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// The pieces of a remembered stream, one after the other, as fast as they are taken. It begins
/// paused. Belongs to one event loop.
final class Pieces implements ReadStream<Buffer> {
  private final Answer answer;
  private @Nullable Handler<Buffer> taker;
  private @Nullable Handler<Void> atEnd;
  private int next;
  private boolean flowing;
  private boolean isEmitting;

  Pieces(Answer answer) {
    this.answer = answer;
  }

  @Override
  public Pieces handler(@Nullable Handler<Buffer> handler) {
    taker = handler;
    return this;
  }

  @Override
  public Pieces endHandler(@Nullable Handler<Void> handler) {
    atEnd = handler;
    return this;
  }

  @Override
  public Pieces exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this; // memory does not fail
  }

  @Override
  public Pieces pause() {
    flowing = false;
    return this;
  }

  @Override
  public Pieces resume() {
    flowing = true;
    if (!isEmitting) {
      emit();
    }
    return this;
  }

  @Override
  public Pieces fetch(long amount) {
    return resume(); // nobody here asks for single pieces
  }

  private void emit() {
    isEmitting = true;
    while (flowing && taker != null && next < answer.ends().length) {
      taker.handle(piece(next++));
    }
    isEmitting = false;
    if (flowing && next == answer.ends().length && atEnd != null) {
      var end = atEnd;
      atEnd = null;
      end.handle(null);
    }
  }

  private Buffer piece(int index) {
    var from = index == 0 ? 0 : answer.ends()[index - 1];
    var length = answer.ends()[index] - from;
    return Buffer.buffer(length).appendBytes(answer.bytes(), from, length);
  }
}
