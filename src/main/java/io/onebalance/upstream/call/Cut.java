package io.onebalance.upstream.call;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/// Ends questions and connections at once, with all that lies ready to be sent. To close a
/// connection, Vert.x sends that first, and waits for as long as the other side takes nothing.
public final class Cut {
  private Cut() {}

  /// Nobody wants this answer any more. Where all of it came, its connection is not its own: it may
  /// carry the next one.
  public static void off(HttpClientResponse answer) {
    if (!answer.end().succeeded()) {
      off(answer.request());
    }
  }

  /// Nobody wants an answer to this question any more. Over HTTP/1.1 that ends its connection,
  /// which must still be its own.
  public static void off(HttpClientRequest question) {
    question.reset();
    if (question.version() != HttpVersion.HTTP_2) {
      off(question.connection());
    }
  }

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
