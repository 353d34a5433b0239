package io.onebalance.server.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches over one HTTP/2 connection: without a stream it lives for one to two idle times, and it
/// ends when its client takes nothing. A stream's body and answer are watched by whom they belong
/// to.
///
/// It belongs to the connection's event loop.
final class Http2Watch extends ChannelInboundHandlerAdapter {
  private final Patience patience;
  private final HttpConnection connection;
  private final Http2ConnectionHandler frames;
  private @Nullable Future<?> idle;
  private @Nullable Future<?> full;
  private int lastSeen = -1;

  Http2Watch(Patience patience, HttpConnection connection, Http2ConnectionHandler frames) {
    this.patience = patience;
    this.connection = connection;
    this.frames = frames;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    look(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel(idle);
    cancel(full);
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    cancel(full);
    full =
        context.channel().isWritable() ? null : after(context, patience.taking(), context::close);
    context.fireChannelWritabilityChanged();
  }

  /// Idle is a connection that has no stream, and had none since the last look.
  private void look(ChannelHandlerContext context) {
    var streams = frames.connection();
    var last = streams.remote().lastStreamCreated();
    if (streams.numActiveStreams() == 0 && last == lastSeen) {
      connection.close();
      return;
    }
    lastSeen = streams.numActiveStreams() == 0 ? last : -1;
    idle = after(context, patience.idle(), () -> look(context));
  }

  private static Future<?> after(ChannelHandlerContext context, Duration delay, Runnable task) {
    return context.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void cancel(@Nullable Future<?> alarm) {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }
}
