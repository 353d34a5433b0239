package io.onebalance.relay;

import io.onebalance.access.Admission;
import io.onebalance.access.Grant;
import io.onebalance.access.Presented;
import io.onebalance.http.Handshake;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.HeaderFields;
import io.onebalance.relay.exchange.Reading;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.RequestIds;
import io.onebalance.relay.exchange.note.Drafts;
import io.onebalance.relay.exchange.note.Origins;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.plan.Planner;
import io.onebalance.route.Call;
import io.onebalance.route.Endpoint;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a client's request from its head to the last byte of the answer: admits the caller, reads
/// the body, plans what to ask, asks, and passes the answer on.
///
/// Not thread-safe: there is one on each event loop.
public final class Relay implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Wheel wheel;
  private final Shared shared;
  private final Course course;
  private final RequestIds ids;
  private final Drafts drafts;
  private final Restraint restraint;
  private final Context loop;

  /// The relay of one event loop; call it on that loop.
  public static Relay on(Vertx vertx, Shared shared) {
    var chance = new SplittableRandom();
    var wheel = new Wheel(vertx);
    var course = new Course(vertx, wheel, shared, chance);
    var ids = new RequestIds(chance);
    return new Relay(wheel, shared, course, ids, vertx.getOrCreateContext());
  }

  Relay(Wheel wheel, Shared shared, Course course, RequestIds ids, Context loop) {
    this.wheel = wheel;
    this.shared = shared;
    this.course = course;
    this.ids = ids;
    this.drafts = new Drafts(shared.clock(), shared.ledger(), shared.whys());
    this.restraint = new Restraint(wheel);
    this.loop = loop;
  }

  /// Breaks off the streams and sockets that still run, and tells their clients so (F70). May be
  /// called from any thread; complete when they were told.
  public Future<Void> breakOff() {
    var told = Promise.<Void>promise();
    loop.runOnContext(_ -> course.breakOff().onComplete(told));
    return told.future();
  }

  /// How much goes on at this event loop. From any thread.
  public Load load() {
    return course.load();
  }

  /// Complete when the event loop came to it: the longer that takes, the busier it is.
  public Future<Void> turn() {
    var turn = Promise.<Void>promise();
    loop.runOnContext(_ -> turn.complete());
    return turn.future();
  }

  @Override
  public void handle(HttpServerRequest request) {
    var query = request.query() == null ? "" : request.query();
    var path = request.path() == null ? "" : request.path();
    var endpoint = Endpoint.parse(request.method().name(), path, query);
    var now = shared.clock().instant();
    var client = new Client(request, endpoint, drafts.begin(ids.next(now), endpoint, now));
    try {
      if (endpoint instanceof Endpoint.Compat(Call.Hello _, _)) {
        client.greet();
      } else {
        admit(client, endpoint, now);
      }
    } catch (RuntimeException | Error broken) {
      fail(client, broken);
    }
  }

  /// The caller is admitted before a byte of the body is read (S18).
  private void admit(Client client, Endpoint endpoint, Instant now) {
    var snapshot = shared.snapshots().get();
    var presented = Presented.in(HeaderFields.of(client.request().headers()), client.query());
    switch (snapshot.grants().admit(presented, now)) {
      case Admission.Refused(var why) -> client.refuse(Refusal.unauthorized(why));
      case Admission.Admitted(var grant) -> {
        client.draft().admitted(grant.id(), snapshot.prices());
        if (!shared.ledger().wants(grant)) {
          client.draft().drop();
        }
        if (snapshot.logsBodies()) {
          client.draft().logsBodies();
        }
        if (shared.origins().isPresent()) {
          trace(client, shared.origins().get());
        }
        var objection =
            Planner.objection(
                snapshot, grant, endpoint, HeaderFields.of(client.request().headers()));
        if (objection.isPresent()) {
          client.refuse(objection.get());
        } else {
          begin(client, grant, endpoint, snapshot, now);
        }
      }
    }
  }

  private static void trace(Client client, Origins origins) {
    var traceparent = client.request().getHeader("traceparent");
    if (traceparent != null) {
      origins.began(client.id(), traceparent);
    }
  }

  /// A place among the requests of its gateway key is taken here, and given back when it is over.
  private void begin(
      Client client, Grant grant, Endpoint endpoint, Snapshot snapshot, Instant now) {
    var refusal = shared.turnstile().refusal(client, grant, snapshot.concurrent(), now);
    if (refusal.isPresent()) {
      restraint.refuse(client, grant.id(), refusal.get(), now);
      return;
    }
    var deadline = now.plus(snapshot.patience().overall());
    read(client, endpoint, snapshot)
        .compose(
            body -> course.run(new Exchange(client, grant, endpoint, body, snapshot, deadline)))
        .onComplete(_ -> over(client), broken -> fail(client, broken));
  }

  /// Whoever answered has said how it ended; for the ledger this is the last word.
  private static void over(Client client) {
    client.ends(client.response().ended() ? Entry.How.WHOLE : Entry.How.CUT);
    client.over();
  }

  /// A WebSocket has no body; any other request's is read.
  private Future<Body> read(Client client, Endpoint endpoint, Snapshot snapshot) {
    var request = client.request();
    return endpoint instanceof Endpoint.Native
            && Handshake.isAsked(request.method().name(), HeaderFields.of(request.headers()))
        ? tunnel(client)
        : Reading.of(
            client, snapshot.body(), shared.room(), wheel, snapshot.patience().client().body());
  }

  private static Future<Body> tunnel(Client client) {
    client.draft().isSocket();
    var objection = Handshake.objection(HeaderFields.of(client.request().headers()));
    objection.ifPresent(why -> client.refuse(Refusal.invalid(why)));
    return objection.isPresent()
        ? Promise.<Body>promise().future()
        : Future.succeededFuture(new Body.Tunnel());
  }

  /// The last resort for what should not happen: told once, with the id under which the log has it.
  /// What still runs for the request is called off as if its client had left.
  private static void fail(Client client, Throwable broken) {
    LOG.error("request {} broke", client.id(), broken);
    try {
      client.breakOff(Refusal.broken(client.id()));
    } finally {
      client.callOff();
    }
  }
}
