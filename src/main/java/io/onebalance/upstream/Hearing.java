package io.onebalance.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/// What was heard on one connection: whether it was asked on before, and whether a byte has come
/// since a question. Only without one may a question on a used connection count as unheard (F34),
/// and nobody but the decoder sees the beginning of a status line. A connection that says nothing
/// at all for as long as a question waits may be dead.
///
/// Belongs to the connection's event loop.
final class Hearing extends ChannelInboundHandlerAdapter {
  private boolean asked;
  private boolean reused;
  private long pieces;
  private long piecesBefore;

  /// Listens before the decoder, so what TLS says for itself is not heard.
  static Hearing on(HttpConnection connection) {
    var hearing = new Hearing();
    if (connection instanceof HttpClientConnection open) {
      var pipeline = open.channelHandlerContext().pipeline();
      var http1 = pipeline.context(HttpClientCodec.class);
      var codec = http1 == null ? pipeline.context(Http2ConnectionHandler.class) : http1;
      if (codec != null) {
        pipeline.addBefore(codec.name(), null, hearing);
      }
    }
    return hearing;
  }

  /// On a connection that closed before a question could be sent nothing is heard of that question.
  static Hearing onClosed() {
    var hearing = new Hearing();
    hearing.asked = true;
    return hearing;
  }

  /// A question is about to be sent. Returns how much was heard before it.
  long asks() {
    reused = asked;
    asked = true;
    piecesBefore = pieces;
    return pieces;
  }

  /// Whether nothing has come since the question before which so much was heard.
  boolean isSilentSince(long before) {
    return pieces == before;
  }

  /// Whether the connection was used before and has said nothing to the last question.
  boolean isUnheard() {
    return reused && isSilentSince(piecesBefore);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    pieces++;
    context.fireChannelRead(bytes);
  }
}
