package io.onebalance.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/// What was heard on one connection: whether it was asked on before, and whether a byte has come
/// since the last question. Only without one may a question on a used connection count as unheard
/// (F34), and nobody but the decoder sees the beginning of a status line.
///
/// Belongs to the connection's event loop.
final class Hearing extends ChannelInboundHandlerAdapter {
  private boolean asked;
  private boolean reused;
  private boolean answering;

  /// Listens before HTTP/1.1's decoder, so what TLS says for itself is not heard. On HTTP/2
  /// connections, where streams tell what was processed, it hears nothing.
  static Hearing on(HttpConnection connection) {
    var hearing = new Hearing();
    if (connection instanceof HttpClientConnection open) {
      var pipeline = open.channelHandlerContext().pipeline();
      var codec = pipeline.context(HttpClientCodec.class);
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

  /// A question is about to be sent.
  void asks() {
    reused = asked;
    asked = true;
    answering = false;
  }

  /// Whether the connection was used before and has said nothing to the last question.
  boolean isUnheard() {
    return reused && !answering;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    answering = true;
    context.fireChannelRead(bytes);
  }
}
