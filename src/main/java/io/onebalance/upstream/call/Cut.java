package io.onebalance.upstream.call;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/// Ends connections at once, with all that lies ready to be sent over them. To close one, Vert.x
/// sends that first, and waits for as long as the other side takes nothing.
public final class Cut {
  private Cut() {}

  public static void off(HttpConnection connection) {
    var pipeline = Pipelines.of(connection);
    if (pipeline != null) {
      off(pipeline);
    }
  }

  public static void off(NetSocket socket) {
    if (socket instanceof NetSocketInternal ours) {
      off(ours.channelHandlerContext().pipeline());
    }
  }

  /// Below all handlers, none of which may wait.
  private static void off(ChannelPipeline pipeline) {
    var first = pipeline.firstContext();
    if (first != null) {
      first.close();
    }
  }
}
