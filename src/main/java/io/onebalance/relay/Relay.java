package io.onebalance.relay;

import io.onebalance.access.Admission;
import io.onebalance.access.Grant;
import io.onebalance.access.Presented;
import io.onebalance.dialect.Json;
import io.onebalance.http.Handshake;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Asking;
import io.onebalance.relay.ask.Declined;
import io.onebalance.relay.ask.Ending;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.Journey;
import io.onebalance.relay.calls.Counts;
import io.onebalance.relay.calls.Media;
import io.onebalance.relay.calls.Parts;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Reading;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.RequestIds;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.Snapshot;
import io.onebalance.relay.exchange.Turnstile;
import io.onebalance.relay.models.ModelList;
import io.onebalance.relay.plan.Errand;
import io.onebalance.relay.plan.Planned;
import io.onebalance.relay.plan.Planner;
import io.onebalance.relay.socket.Sockets;
import io.onebalance.relay.tell.Answering;
import io.onebalance.relay.tell.ResourceNotes;
import io.onebalance.relay.translate.Complaint;
import io.onebalance.route.Call;
import io.onebalance.route.Endpoint;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Caller;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.fetch.Fetcher;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Takes a client's request from its head to the last byte of the answer: admits the caller, reads
/// the body, plans what to ask, asks, and passes the answer on.
///
/// Not thread-safe: there is one on each event loop.
public final class Relay implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Wheel wheel;
  private final Supplier<Snapshot> snapshots;
  private final Turnstile turnstile;
  private final Room room;
  private final Planner planner;
  private final Failover failover;
  private final Answering answering;
  private final Parts parts;
  private final Counts counts;
  private final Media media;
  private final ModelList models;
  private final Sockets sockets;
  private final InstantSource clock;
  private final RequestIds ids;
  private final Context loop;

  /// The relay of one event loop; call it on that loop.
  public static Relay on(Vertx vertx, Shared shared) {
    var wheel = new Wheel(vertx);
    var caller = new Caller(vertx, wheel, shared.reach());
    var asking = new Asking(caller, wheel, shared.notary(), shared.clock());
    var chance = new SplittableRandom();
    var failover =
        new Failover(
            shared.pools(),
            asking,
            shared.budgets(),
            shared.gatewayRoad(),
            wheel,
            shared.clock(),
            chance);
    var answering =
        new Answering(wheel, new ResourceNotes(shared.remembered().belongings()), shared.clock());
    return new Relay(
        wheel,
        shared.snapshots(),
        shared.turnstile(),
        shared.room(),
        new Planner(vertx, shared.remembered(), shared.clock(), chance),
        failover,
        answering,
        new Parts(failover, answering),
        new Counts(failover, answering),
        new Media(new Fetcher(vertx, wheel, shared.reach())),
        new ModelList(failover, shared.pools(), shared.remembered().models(), shared.clock()),
        new Sockets(vertx, wheel, shared.clock(), chance),
        shared.clock(),
        new RequestIds(chance),
        vertx.getOrCreateContext());
  }

  Relay(
      Wheel wheel,
      Supplier<Snapshot> snapshots,
      Turnstile turnstile,
      Room room,
      Planner planner,
      Failover failover,
      Answering answering,
      Parts parts,
      Counts counts,
      Media media,
      ModelList models,
      Sockets sockets,
      InstantSource clock,
      RequestIds ids,
      Context loop) {
    this.wheel = wheel;
    this.snapshots = snapshots;
    this.turnstile = turnstile;
    this.room = room;
    this.planner = planner;
    this.failover = failover;
    this.answering = answering;
    this.parts = parts;
    this.counts = counts;
    this.media = media;
    this.models = models;
    this.sockets = sockets;
    this.clock = clock;
    this.ids = ids;
    this.loop = loop;
  }

  /// Breaks off the streams and sockets that still run, and tells their clients so (F70). May be
  /// called from any thread; complete when they were told.
  public Future<Void> breakOff() {
    var told = Promise.<Void>promise();
    loop.runOnContext(_ ->
        Future.join(answering.breakOff(), sockets.breakOff()).<Void>mapEmpty().onComplete(told));
    return told.future();
  }

  @Override
  public void handle(HttpServerRequest request) {
    var query = request.query() == null ? "" : request.query();
    var path = request.path() == null ? "" : request.path();
    var endpoint = Endpoint.parse(request.method().name(), path, query);
    var client = new Client(request, endpoint, ids.next());
    try {
      if (endpoint instanceof Endpoint.Compat(Call.Hello _, _)) {
        client.greet();
      } else {
        admit(client, endpoint);
      }
    } catch (RuntimeException | Error broken) {
      fail(client, broken);
    }
  }

  /// The caller is admitted before a byte of the body is read (S18).
  private void admit(Client client, Endpoint endpoint) {
    var snapshot = snapshots.get();
    var now = clock.instant();
    var presented = Presented.in(client.request().headers()::get, client.query());
    switch (snapshot.grants().admit(presented, now)) {
      case Admission.Refused(var why) -> client.refuse(Refusal.unauthorized(why));
      case Admission.Admitted(var grant) -> {
        var objection =
            Planner.objection(snapshot, grant, endpoint, client.request().headers()::get);
        if (objection.isPresent()) {
          client.refuse(objection.get());
        } else {
          begin(client, grant, endpoint, snapshot, now);
        }
      }
    }
  }

  /// A place among the requests of its gateway key is taken here, and given back when it is over.
  private void begin(
      Client client, Grant grant, Endpoint endpoint, Snapshot snapshot, Instant now) {
    var refusal = turnstile.refusal(client, grant, snapshot.concurrent(), now);
    if (refusal.isPresent()) {
      client.refuse(refusal.get());
      return;
    }
    var deadline = now.plus(snapshot.patience().overall());
    read(client, endpoint, snapshot)
        .compose(body -> exchange(new Exchange(client, grant, endpoint, body, snapshot, deadline)))
        .onSuccess(_ -> client.over())
        .onFailure(broken -> fail(client, broken));
  }

  /// A WebSocket has no body; any other request's is read.
  private Future<Body> read(Client client, Endpoint endpoint, Snapshot snapshot) {
    var request = client.request();
    return endpoint instanceof Endpoint.Native
            && Handshake.isAsked(request.method().name(), request.headers()::get)
        ? tunnel(client)
        : Reading.of(client, snapshot.body(), room, wheel, snapshot.patience().client().body());
  }

  private static Future<Body> tunnel(Client client) {
    var objection = Handshake.objection(client.request().headers()::get);
    objection.ifPresent(why -> client.refuse(Refusal.invalid(why)));
    return objection.isPresent()
        ? Promise.<Body>promise().future()
        : Future.succeededFuture(new Body.Tunnel());
  }

  private Future<Void> exchange(Exchange exchange) {
    return planner.plan(exchange).compose(plan -> follow(exchange, plan));
  }

  private Future<Void> follow(Exchange exchange, Planned plan) {
    return switch (plan) {
      case Planned.Fetching fetching ->
          media.planned(exchange, fetching).compose(then -> follow(exchange, then));
      case Planned.Refused(var refusal) -> refused(exchange.client(), refusal);
      case Planned.Models(var call) -> models.answer(exchange, call);
      case Planned.Parts(var batches) -> parts.answer(exchange, batches);
      case Planned.Count count -> counts.answer(exchange, count);
      case Planned.Answered(var body) -> answered(exchange.client(), body);
      case Planned.Errands(var errands) ->
          run(exchange, errands).compose(asked -> tell(exchange, asked));
    };
  }

  private Future<Void> tell(Exchange exchange, Asked asked) {
    return asked.ending() instanceof Ending.Opened opened && opened.isSocket()
        ? sockets.join(exchange, asked, opened)
        : answering.tell(exchange, asked);
  }

  /// Runs errand after errand: the next where one ended without an answer and without the client's
  /// fault.
  private Future<Asked> run(Exchange exchange, List<Errand> errands) {
    var client = exchange.client();
    var journey =
        new Journey(
            client.id(),
            errands.getFirst(),
            client.departure(),
            exchange.snapshot(),
            exchange.deadline());
    var asked = failover.ask(journey);
    return errands.size() == 1 && journey.errand().unsigned().isEmpty()
        ? asked
        : asked.compose(end -> goOn(exchange, errands, end));
  }

  private Future<Asked> goOn(Exchange exchange, List<Errand> errands, Asked end) {
    return switch (end.ending()) {
      case Ending.Theirs(var answer) when objectsToSeals(end, answer) ->
          run(exchange, List.of(end.errand().unsigned().orElseThrow().get()));
      case Ending.Opened _, Ending.Theirs _, Ending.Abandoned _ -> Future.succeededFuture(end);
      case Ending.Failed _, Ending.Exhausted _ ->
          errands.size() > 1 && mayGoOn(exchange, end)
              ? run(exchange, errands.subList(1, errands.size()))
              : Future.succeededFuture(end);
    };
  }

  private static boolean objectsToSeals(Asked end, Declined answer) {
    return end.errand().unsigned().isPresent()
        && Complaint.isAboutSeals(answer.status(), answer.body().getBytes());
  }

  /// A body that passes by is gone once it was sent.
  private static boolean mayGoOn(Exchange exchange, Asked end) {
    return !(exchange.body() instanceof Body.Passing) || end.trail().attempts() == 0;
  }

  private static Future<Void> answered(Client client, JsonNode body) {
    client.tell(Json.bytes(body));
    return Future.succeededFuture();
  }

  private static Future<Void> refused(Client client, Refusal refusal) {
    client.refuse(refusal);
    return Future.succeededFuture();
  }

  /// The last resort for what should not happen: told once, with the id under which the log has it.
  private static void fail(Client client, Throwable broken) {
    client.over();
    LOG.error("request {} broke", client.id(), broken);
    if (client.response().headWritten()) {
      client.response().reset();
    } else {
      client.refuse(Refusal.broken(client.id()));
    }
  }
}
