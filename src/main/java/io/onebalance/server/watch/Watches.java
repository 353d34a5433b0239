package io.onebalance.server.watch;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.onebalance.loop.FlushAtTurnEnd;
import io.onebalance.loop.RoomBehindHeads;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.function.Supplier;

/// Sets a watch on each connection that comes. Vert.x has no limits of this kind, so they stand in
/// Netty's pipeline beside it.
public final class Watches {
  /// What Vert.x calls its limit on the time without a write, which bounds what comes before.
  private static final String UNWATCHED = "idle";

  /// So much of an answer may lie ready for a slow client before no more is asked for, and so
  /// little until it is asked for again, in bytes (F40).
  private static final WriteBufferWaterMark READY = new WriteBufferWaterMark(16 << 10, 32 << 10);

  private final Supplier<Patience> patience;

  public Watches(Supplier<Patience> patience) {
    this.patience = patience;
  }

  /// Call it when a connection was made, on its event loop.
  public void set(HttpConnection connection) {
    if (!(connection instanceof HttpServerConnection served)) {
      return;
    }
    var pipeline = served.channelHandlerContext().pipeline();
    if (pipeline.get(UNWATCHED) != null) {
      pipeline.remove(UNWATCHED);
    }
    var frames = pipeline.get(Http2ConnectionHandler.class);
    var limits = patience.get();
    if (frames == null) {
      pipeline.channel().config().setWriteBufferWaterMark(READY);
      RoomBehindHeads.on(pipeline.channel());
      pipeline.addBefore("handler", "watch", new Http1Watch(new Vigil(limits), connection.isSsl()));
    } else {
      pipeline.addFirst("watch", new Http2Watch(limits, connection, frames));
      Courtesies.count(connection);
    }
    pipeline.addFirst(new FlushAtTurnEnd());
  }
}
