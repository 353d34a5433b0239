package io.onebalance.upstream.call;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// What is heard on one connection: whether it was asked on before, and whether a byte has come
/// since a question. Only without one may a question on a used connection count as unheard (F34),
/// and nobody but the decoder sees the beginning of a status line. A connection that says nothing
/// at all for as long as a question waits may be dead. Whoever asked last on an HTTP/1.1 connection
/// may stop it from hearing more for a while.
///
/// Belongs to the connection's event loop.
final class Hearing extends ChannelInboundHandlerAdapter {
  /// So much is read at once, in bytes, before anybody can say that it is enough (F40).
  private static final int PIECE = 32 << 10;

  private static final int PIECES = 4;
  private static final int FIRST_PIECE = 4 << 10;
  private static final int LEAST_PIECE = 1 << 10;

  private final @Nullable ChannelConfig channel;
  private @Nullable HttpClientRequest question;
  private boolean held;
  private boolean asked;
  private boolean reused;
  private long pieces;
  private long piecesBefore;

  private Hearing(@Nullable ChannelConfig channel) {
    this.channel = channel;
  }

  /// Listens before the decoder, so what TLS says for itself is not heard.
  static Hearing on(HttpConnection connection) {
    var pipeline = Pipelines.of(connection);
    if (pipeline != null) {
      var http1 = pipeline.context(HttpClientCodec.class);
      var codec = http1 == null ? pipeline.context(Http2ConnectionHandler.class) : http1;
      if (codec != null) {
        var hearing = new Hearing(http1 == null ? null : inPieces(pipeline.channel().config()));
        pipeline.addBefore(codec.name(), null, hearing);
        return hearing;
      }
    }
    return new Hearing(null);
  }

  /// What listens on this connection already.
  static @Nullable Hearing of(HttpConnection connection) {
    var pipeline = Pipelines.of(connection);
    return pipeline == null ? null : pipeline.get(Hearing.class);
  }

  /// Few pieces a turn: what comes before the answer is passed on can't be stopped by its reader.
  /// Over TLS the handshake has settled pieces of up to 64 KiB, which stay.
  private static ChannelConfig inPieces(ChannelConfig channel) {
    var pieces = new AdaptiveRecvByteBufAllocator(LEAST_PIECE, FIRST_PIECE, PIECE);
    return channel.setRecvByteBufAllocator(pieces.maxMessagesPerRead(PIECES));
  }

  /// On a connection that closed before a question could be sent nothing is heard of that question.
  static Hearing onClosed() {
    var hearing = new Hearing(null);
    hearing.asked = true;
    return hearing;
  }

  /// A question is about to be sent: whoever asked before has no say any more, for its answer is
  /// here. Returns how much was heard before it.
  long asks(HttpClientRequest next) {
    question = next;
    hold(false);
    reused = asked;
    asked = true;
    piecesBefore = pieces;
    return pieces;
  }

  /// Whether nothing has come since the question before which so much was heard.
  boolean isSilentSince(long before) {
    return pieces == before;
  }

  /// Hears no more of the answer to this question until it is let go.
  void hold(HttpClientRequest asker) {
    if (asker.equals(question)) {
      hold(true);
    }
  }

  void letGo(HttpClientRequest asker) {
    if (asker.equals(question)) {
      hold(false);
    }
  }

  private void hold(boolean is) {
    if (channel != null && held != is) {
      held = is;
      channel.setAutoRead(!is);
    }
  }

  /// Whether the connection was used before and has said nothing to the last question.
  boolean isUnheard() {
    return reused && isSilentSince(piecesBefore);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    pieces++;
    context.fireChannelRead(bytes);
    if (held && channel != null) {
      channel.setAutoRead(false); // Vert.x may have begun to read again, by its own count
    }
  }
}
