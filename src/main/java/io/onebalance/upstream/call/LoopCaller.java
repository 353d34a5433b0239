package io.onebalance.upstream.call;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.onebalance.loop.FlushAtTurnEnd;
import io.onebalance.loop.RoomBehindHeads;
import io.onebalance.upstream.Caller;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.Reply;
import io.onebalance.upstream.Symptom;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.name.Names;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks upstreams over the connections of one event loop.
///
/// Not thread-safe: it belongs to the event loop that made it.
public final class LoopCaller implements Caller {
  private static final Logger LOG = LoggerFactory.getLogger(LoopCaller.class);

  private final Wheel wheel;
  private final Lines lines;
  private final Names names;
  private final Reach reach;
  private final IdentityHashMap<HttpConnection, Hearing> hearings = new IdentityHashMap<>();

  public LoopCaller(Vertx vertx, Wheel wheel, Reach reach) {
    this.wheel = wheel;
    this.lines = new Lines(vertx, wheel, reach, this::opened);
    this.names = new Names(vertx, reach.resolver(), reach.clock());
    this.reach = reach;
  }

  @Override
  public Future<Reply> ask(Question question, Departure client) {
    var call = new Call(question, client, this::hearing, reach.connecting());
    return call.on(lines, names, wheel);
  }

  /// What goes wrong on a connection is told to its questions; it is no error of the program. What
  /// befalls a connection is told by the calls on it; by itself it is no news.
  private void opened(HttpConnection connection) {
    connection.exceptionHandler(_ -> {});
    var pipeline = Pipelines.of(connection);
    if (pipeline != null) {
      pipeline.addFirst(new FlushAtTurnEnd());
      if (pipeline.get(Http2ConnectionHandler.class) == null) {
        RoomBehindHeads.on(pipeline.channel());
      }
    }
    hearings.put(connection, Hearing.on(connection));
    Flood.guard(connection, reach.clock());
    connection.exceptionHandler(
        failure -> LOG.debug("a connection failed: {}", Symptom.of(failure)));
    connection.closeHandler(_ -> hearings.remove(connection));
  }

  private Hearing hearing(HttpConnection connection) {
    return Objects.requireNonNullElseGet(hearings.get(connection), Hearing::onClosed);
  }
}
