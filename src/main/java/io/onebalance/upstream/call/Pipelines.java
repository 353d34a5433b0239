package io.onebalance.upstream.call;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import org.jspecify.annotations.Nullable;

/// Netty's side of the connections of Vert.x' client.
final class Pipelines {
  private Pipelines() {}

  /// The handlers of a connection, whether Vert.x keeps it in its pool or not; null for one that
  /// closed before it was used.
  static @Nullable ChannelPipeline of(HttpConnection connection) {
    return switch (connection) {
      case UnpooledHttpClientConnection ours -> of(ours.unwrap());
      case HttpClientConnection pooled -> pooled.channelHandlerContext().pipeline();
      default -> null;
    };
  }
}
