package io.onebalance.upstream.call;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The body of an upstream's answer, taken out of the kernel no faster than it is wanted (F40).
///
/// A response that is paused goes on reading: Vert.x counts pieces, of whatever size, and looks
/// only when it has read all there is. So here a pause stops the connection too, which over
/// HTTP/1.1 carries nothing else. HTTP/2's streams have windows for that.
public final class Inflow implements ReadStream<Buffer> {
  private final HttpClientResponse response;
  private final Optional<Hearing> hearing;

  private Inflow(HttpClientResponse response, Optional<Hearing> hearing) {
    this.response = response;
    this.hearing = hearing;
  }

  public static Inflow of(HttpClientResponse response) {
    return new Inflow(response, hearing(response));
  }

  private static Optional<Hearing> hearing(HttpClientResponse response) {
    return Optional.ofNullable(Hearing.of(response.request().connection()));
  }

  @Override
  public Inflow pause() {
    hearing.ifPresent(it -> it.hold(response.request()));
    response.pause();
    return this;
  }

  @Override
  public Inflow resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Inflow fetch(long amount) {
    hearing.ifPresent(it -> it.letGo(response.request()));
    response.fetch(amount); // this may hand on pieces at once, and pause again
    return this;
  }

  @Override
  public Inflow exceptionHandler(@Nullable Handler<Throwable> handler) {
    response.exceptionHandler(handler);
    return this;
  }

  @Override
  public Inflow handler(@Nullable Handler<Buffer> handler) {
    response.handler(handler);
    return this;
  }

  @Override
  public Inflow endHandler(@Nullable Handler<Void> handler) {
    response.endHandler(handler);
    return this;
  }
}
