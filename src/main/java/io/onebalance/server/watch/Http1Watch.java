package io.onebalance.server.watch;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.http1.VertxHttpObject;
import java.nio.charset.StandardCharsets;

/// Watches over one HTTP/1.1 connection, between its codec and Vert.x: a head that does not come is
/// answered with 408, chunks that are none with 400, both of which Vert.x only cuts off; after an
/// answer that is the last one the connection is ended, which Vert.x leaves to the client; and one
/// that is broken off is not reset away.
///
/// It belongs to the connection's event loop. A request costs it a few field writes; the one alarm
/// of a connection looks at them later.
final class Http1Watch extends ChannelDuplexHandler {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Vigil vigil;
  private boolean ignoresNextEnd;
  private boolean heard;
  private boolean reading;
  private boolean answering;
  private boolean parting;
  private boolean parted;
  private int open;

  /// `afterHandshake` tells that the bytes of the first turn were TLS's own.
  Http1Watch(Vigil vigil, boolean afterHandshake) {
    this.vigil = vigil;
    this.ignoresNextEnd = afterHandshake;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    vigil.begin(context, late -> let(context, late));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    vigil.end();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    vigil.end();
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    parted |= parting && message instanceof HttpRequest;
    if (parted) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest) {
      open++;
      reading = true;
      vigil.busy();
    }
    if (!(message instanceof HttpRequest)
        && message instanceof HttpContent content
        && content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(context, "400 Bad Request", "The chunks of the body are none.");
      return;
    }
    if (message instanceof LastHttpContent) {
      readWhole();
    }
    context.fireChannelRead(message);
  }

  /// Bytes that made no message are the beginning of a head.
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!heard && open == 0 && !ignoresNextEnd) {
      vigil.headBegan();
    }
    heard = false;
    ignoresNextEnd = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    vigil.full(!context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      answering = response.status().code() >= 200;
      parting = answering && response.headers().contains(CONNECTION, CLOSE, true);
      if (response.status().code() == SWITCHING_PROTOCOLS) {
        context.pipeline().remove(this);
      }
    }
    if (message instanceof VertxHttpObject object && object.isEnded()) {
      context.write(message, parting ? promise.unvoid().addListener(_ -> part(context)) : promise);
      answered();
    } else {
      context.write(message, promise);
    }
  }

  /// An answer is broken off. Where its client still sends, to close at once would reset away what
  /// lies ready for it.
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (!answering || parting || !(reading || open > 1) || !context.channel().isActive()) {
      context.close(promise);
      return;
    }
    parting = true;
    parted = true;
    vigil.brokenOff();
    context.channel().closeFuture().addListener(_ -> promise.trySuccess());
    context.channel().config().setAutoRead(true);
    part(context);
  }

  /// The last answer of this connection has gone, and so we say that we are done (RFC 9112, 9.6).
  /// To close at once would reset the answer away where the client still sends: it has a head's
  /// time.
  private static void part(ChannelHandlerContext context) {
    var tls = context.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound().addListener(_ -> shut(context));
    } else {
      shut(context);
    }
  }

  private static void shut(ChannelHandlerContext context) {
    if (context.channel() instanceof DuplexChannel channel && channel.isActive()) {
      channel.shutdownOutput();
    }
  }

  /// An answer may have gone before its request was read.
  private void readWhole() {
    reading = false;
    if (open == 0 && !parting) {
      vigil.busy();
      vigil.quiet();
    }
  }

  /// Whoever was answered and still sends has only a head's time left.
  private void answered() {
    answering = false;
    open--;
    if (parting || (open == 0 && reading)) {
      vigil.headBegan();
    } else if (open == 0) {
      vigil.quiet();
    }
  }

  private void let(ChannelHandlerContext context, Vigil.Late late) {
    if (late == Vigil.Late.HEAD && !reading && !parting) {
      refuse(context, "408 Request Timeout", "The head of the request did not come.");
    } else {
      context.close();
    }
  }

  /// Where an answer has begun there is no room for another.
  private void refuse(ChannelHandlerContext context, String status, String why) {
    var below = context.pipeline().context("httpEncoder");
    if (below == null || answering || open > 1) {
      context.close();
      return;
    }
    var text = why + "\n";
    var answer =
        "HTTP/1.1 "
            + status
            + "\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: "
            + text.length()
            + "\r\n\r\n"
            + text;
    below
        .writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
