package io.onebalance.relay.matrix;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpFrame;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamPriority;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that comes piece by piece as it was told to, and waits where nobody wants more.
final class PretendResponse implements HttpClientResponse {
  private final int status;
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private final PretendRequest request;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final Promise<Void> whole = Promise.promise();
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> end;
  private @Nullable Handler<Throwable> broken;
  private boolean paused = true;
  private boolean over;

  PretendResponse(int status, HttpMethod method) {
    this.status = status;
    this.request = new PretendRequest(method, this::letGo);
  }

  /// Whether nothing comes any more: it was read to its end, broke off or was called off.
  boolean isOver() {
    return over;
  }

  void comes(Buffer piece) {
    happens(() -> {
      if (handler != null) {
        handler.handle(piece);
      }
    });
  }

  void ends() {
    happens(() -> {
      over = true;
      whole.complete();
      if (end != null) {
        end.handle(null);
      }
    });
  }

  void breaks() {
    happens(() -> {
      over = true;
      if (broken != null) {
        broken.handle(new IOException("Connection reset by peer"));
      }
    });
  }

  private void happens(Runnable event) {
    waiting.add(event);
    flow();
  }

  private void flow() {
    while (!paused && !over && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private void letGo() {
    over = true;
    waiting.clear();
  }

  @Override
  public HttpClientResponse pause() {
    paused = true;
    return this;
  }

  @Override
  public HttpClientResponse resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public HttpClientResponse fetch(long amount) {
    paused = false;
    flow();
    return this;
  }

  @Override
  public HttpClientResponse handler(@Nullable Handler<Buffer> next) {
    handler = next;
    return this;
  }

  @Override
  public HttpClientResponse endHandler(@Nullable Handler<Void> next) {
    end = next;
    return this;
  }

  @Override
  public HttpClientResponse exceptionHandler(@Nullable Handler<Throwable> next) {
    broken = next;
    return this;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public @Nullable String getHeader(CharSequence name) {
    return headers.get(name);
  }

  @Override
  public HttpClientRequest request() {
    return request;
  }

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("nobody asks a pretended answer for this");
  }

  @Override
  public NetSocket netSocket() {
    throw unasked();
  }

  @Override
  public String getTrailer(String name) {
    throw unasked();
  }

  @Override
  public MultiMap trailers() {
    throw unasked();
  }

  @Override
  public Future<Buffer> body() {
    throw unasked();
  }

  @Override
  public Future<Void> end() {
    return whole.future();
  }

  @Override
  public HttpClientResponse customFrameHandler(Handler<HttpFrame> next) {
    throw unasked();
  }

  @Override
  public HttpClientResponse streamPriorityHandler(Handler<StreamPriority> next) {
    throw unasked();
  }

  @Override
  public HttpVersion version() {
    throw unasked();
  }

  @Override
  public String statusMessage() {
    throw unasked();
  }

  @Override
  public List<String> cookies() {
    throw unasked();
  }
}
