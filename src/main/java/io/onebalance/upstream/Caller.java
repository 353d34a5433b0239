package io.onebalance.upstream;

import io.onebalance.upstream.name.Names;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks upstreams over the connections of one event loop.
///
/// Not thread-safe: it belongs to the event loop that made it.
public final class Caller {
  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

  private final Wheel wheel;
  private final Lines lines;
  private final Names names;
  private final Reach reach;
  private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());

  public Caller(Vertx vertx, Wheel wheel, Reach reach) {
    this.wheel = wheel;
    this.lines = new Lines(vertx, reach, this::opened);
    this.names = new Names(vertx, reach.resolver(), reach.clock());
    this.reach = reach;
  }

  /// Asks once. The reply comes within the question's patience, or at once when the client leaves;
  /// it never fails.
  public Future<Reply> ask(Question question, Departure client) {
    var origin = question.origin();
    var call = new Call(question, client, this::isReused, reach.connecting());
    var line = question.body() instanceof Body.Tunnel ? lines.tunnelTo(origin) : lines.to(origin);
    return call.on(line, names, wheel);
  }

  /// What goes wrong on a connection is told to its questions; it is no error of the program. What
  /// befalls a connection is told by the calls on it; by itself it is no news.
  private void opened(HttpConnection connection) {
    connection.exceptionHandler(_ -> {});
    unused.add(connection);
    Flood.guard(connection, reach.clock());
    connection.exceptionHandler(
        failure -> LOG.debug("a connection failed: {}", Symptom.of(failure)));
    connection.closeHandler(_ -> unused.remove(connection));
  }

  private boolean isReused(HttpConnection connection) {
    return !unused.remove(connection);
  }
}
