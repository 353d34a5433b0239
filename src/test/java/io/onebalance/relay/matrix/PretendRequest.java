package io.onebalance.relay.matrix;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientForm;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamPriority;
import io.vertx.core.net.HostAndPort;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The question that a pretended answer belongs to: all it can is to be called off, alone.
final class PretendRequest implements HttpClientRequest {
  private final HttpMethod method;
  private final Runnable reset;

  PretendRequest(HttpMethod method, Runnable reset) {
    this.method = method;
    this.reset = reset;
  }

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("nobody asks a pretended question for this");
  }

  @Override
  public HttpMethod getMethod() {
    return method;
  }

  @Override
  public Future<Void> reset(long code) {
    reset.run();
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> reset(long code, Throwable cause) {
    return reset(code);
  }

  @Override
  public Future<Boolean> cancel() {
    reset.run();
    return Future.succeededFuture(true);
  }

  @Override
  public HttpClientRequest exceptionHandler(Handler<Throwable> handler) {
    throw unasked();
  }

  @Override
  public HttpClientRequest setWriteQueueMaxSize(int most) {
    throw unasked();
  }

  @Override
  public HttpClientRequest drainHandler(Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public boolean writeQueueFull() {
    throw unasked();
  }

  @Override
  public HttpClientRequest authority(HostAndPort authority) {
    throw unasked();
  }

  @Override
  public HostAndPort authority() {
    throw unasked();
  }

  @Override
  public HttpClientRequest setFollowRedirects(boolean is) {
    throw unasked();
  }

  @Override
  public boolean isFollowRedirects() {
    throw unasked();
  }

  @Override
  public HttpClientRequest setMaxRedirects(int most) {
    throw unasked();
  }

  @Override
  public int getMaxRedirects() {
    throw unasked();
  }

  @Override
  public int numberOfRedirections() {
    throw unasked();
  }

  @Override
  public HttpClientRequest setChunked(boolean is) {
    throw unasked();
  }

  @Override
  public boolean isChunked() {
    throw unasked();
  }

  @Override
  public HttpClientRequest setMethod(HttpMethod next) {
    throw unasked();
  }

  @Override
  public String absoluteURI() {
    throw unasked();
  }

  @Override
  public String getURI() {
    throw unasked();
  }

  @Override
  public HttpClientRequest setURI(String uri) {
    throw unasked();
  }

  @Override
  public String path() {
    throw unasked();
  }

  @Override
  public String query() {
    throw unasked();
  }

  @Override
  public MultiMap headers() {
    throw unasked();
  }

  @Override
  public HttpClientRequest putHeader(String name, String value) {
    throw unasked();
  }

  @Override
  public HttpClientRequest putHeader(CharSequence name, CharSequence value) {
    throw unasked();
  }

  @Override
  public HttpClientRequest putHeader(String name, Iterable<String> values) {
    throw unasked();
  }

  @Override
  public HttpClientRequest putHeader(CharSequence name, Iterable<CharSequence> values) {
    throw unasked();
  }

  @Override
  public HttpClientRequest traceOperation(String operation) {
    throw unasked();
  }

  @Override
  public String traceOperation() {
    throw unasked();
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_2;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    throw unasked();
  }

  @Override
  public Future<Void> write(String text) {
    throw unasked();
  }

  @Override
  public Future<Void> write(String text, String charset) {
    throw unasked();
  }

  @Override
  public HttpClientRequest continueHandler(@Nullable Handler<Void> handler) {
    throw unasked();
  }

  @Override
  public HttpClientRequest earlyHintsHandler(@Nullable Handler<MultiMap> handler) {
    throw unasked();
  }

  @Override
  public HttpClientRequest redirectHandler(
      @Nullable Function<HttpClientResponse, Future<HttpClientRequest>> handler) {
    throw unasked();
  }

  @Override
  @SuppressWarnings("removal")
  public Future<Void> sendHead() {
    throw unasked();
  }

  @Override
  public Future<HttpClientResponse> connect() {
    throw unasked();
  }

  @Override
  public Future<HttpClientResponse> response() {
    throw unasked();
  }

  @Override
  public Future<HttpClientResponse> send(ClientForm form) {
    throw unasked();
  }

  @Override
  public Future<Void> end(String text) {
    throw unasked();
  }

  @Override
  public Future<Void> end(String text, String charset) {
    throw unasked();
  }

  @Override
  public Future<Void> end(Buffer bytes) {
    throw unasked();
  }

  @Override
  public Future<Void> end() {
    throw unasked();
  }

  @Override
  public HttpClientRequest idleTimeout(long millis) {
    throw unasked();
  }

  @Override
  public HttpClientRequest pushHandler(Handler<HttpClientRequest> handler) {
    throw unasked();
  }

  @Override
  public HttpConnection connection() {
    throw unasked();
  }

  @Override
  public Future<Void> writeCustomFrame(int type, int flags, Buffer payload) {
    throw unasked();
  }

  @Override
  public StreamPriority getStreamPriority() {
    throw unasked();
  }
}
