package io.onebalance.relay;

import io.onebalance.dialect.json.Json;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.InLine;
import io.onebalance.relay.ask.hedge.Hedging;
import io.onebalance.relay.ask.once.Asking;
import io.onebalance.relay.ask.once.Declined;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.ask.once.Journey.Turn;
import io.onebalance.relay.cache.Caching;
import io.onebalance.relay.cache.Hit;
import io.onebalance.relay.calls.Counts;
import io.onebalance.relay.calls.Media;
import io.onebalance.relay.calls.Parts;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.models.ModelList;
import io.onebalance.relay.plan.Planner;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.socket.Sockets;
import io.onebalance.relay.tell.Answering;
import io.onebalance.relay.tell.ResourceNotes;
import io.onebalance.relay.translate.Complaint;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.call.LoopCaller;
import io.onebalance.upstream.fetch.Fetcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The course of an admitted request, from the plan to the last byte of its answer.
///
/// Not thread-safe: it belongs to one event loop.
final class Course {
  private final Planner planner;
  private final Caching caching;
  private final Failover failover;
  private final Hedging hedging;
  private final Answering answering;
  private final Parts parts;
  private final Counts counts;
  private final Media media;
  private final ModelList models;
  private final Sockets sockets;

  Course(Vertx vertx, Wheel wheel, Shared shared, SplittableRandom chance) {
    var clock = shared.clock();
    var remembered = shared.remembered();
    this.planner = new Planner(vertx, remembered, clock, chance);
    this.caching = new Caching(shared.answers());
    this.failover = failover(vertx, wheel, shared, chance);
    this.hedging = new Hedging(failover, shared.budgets(), wheel, clock);
    this.answering =
        new Answering(wheel, shared.room(), new ResourceNotes(remembered.belongings()), clock);
    this.parts = new Parts(failover, answering);
    this.counts = new Counts(failover, answering);
    this.media = new Media(new Fetcher(vertx, wheel, shared.reach()), shared.room());
    this.models = new ModelList(failover, shared.pools(), remembered.models(), clock);
    this.sockets = new Sockets(vertx, wheel, clock, chance);
  }

  private static Failover failover(
      Vertx vertx, Wheel wheel, Shared shared, SplittableRandom chance) {
    var loop = vertx.getOrCreateContext();
    var caller = new LoopCaller(vertx, wheel, shared.reach());
    return new Failover(
        shared.pools(),
        new Asking(caller, wheel, shared.notary(), shared.clock()),
        shared.budgets(),
        shared.gatewayRoad(),
        new InLine(shared.lines(), task -> loop.runOnContext(_ -> task.run()), shared.clock()),
        wheel,
        shared.clock(),
        chance);
  }

  /// Breaks off the streams and sockets that still run; complete when their clients were told.
  Future<Void> breakOff() {
    return Future.join(answering.breakOff(), sockets.breakOff()).mapEmpty();
  }

  /// How much goes on at this event loop. From any thread.
  Load load() {
    return new Load(failover.resting(), answering.running(), sockets.open());
  }

  /// Complete when the client has all of the answer, or has left.
  Future<Void> run(Exchange exchange) {
    exchange.client().draft().asks(exchange.known());
    if (Answering.wantsReasons(exchange.client())) {
      exchange.client().draft().wantsReasons();
    }
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
          caching
              .look(exchange, errands)
              .map(hit -> tell(exchange, hit))
              .orElseGet(() -> run(exchange, errands).compose(asked -> tell(exchange, asked)));
    };
  }

  private Future<Void> tell(Exchange exchange, Hit hit) {
    return switch (hit) {
      case Hit.Whole(var bytes) -> answering.replay(exchange, bytes);
      case Hit.Stream(var pieces) -> answering.replay(exchange, pieces);
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
    return goOn(exchange, errands, Turn.FIRST, 0);
  }

  /// `attempts`: how often somebody was asked for the request before.
  private Future<Asked> goOn(Exchange exchange, List<Errand> errands, Turn turn, int attempts) {
    var client = exchange.client();
    var journey =
        new Journey(
            client.draft(),
            errands.getFirst(),
            client.departure(),
            exchange.snapshot(),
            exchange.deadline());
    var asked = hedging.ask(journey.in(turn), errands).map(end -> end.after(attempts));
    return errands.size() == 1 && journey.errand().translation().isEmpty()
        ? asked
        : asked.compose(end -> goOn(exchange, errands, end));
  }

  private Future<Asked> goOn(Exchange exchange, List<Errand> errands, Asked end) {
    return switch (end.ending()) {
      case Ending.Theirs(var answer) ->
          modestly(exchange, end.errand(), answer)
              .compose(modest ->
                  modest.isPresent()
                      ? goOn(exchange, instead(modest.get(), errands), Turn.AGAIN, end.attempts())
                      : Future.succeededFuture(end));
      case Ending.Opened _, Ending.Abandoned _ -> Future.succeededFuture(end);
      case Ending.Failed _, Ending.Exhausted _ ->
          errands.size() > 1 && mayGoOn(exchange, end)
              ? goOn(
                  exchange,
                  errands.subList(1, errands.size()),
                  turn(errands.get(1), end.errand()),
                  end.attempts())
              : Future.succeededFuture(end);
    };
  }

  /// A leg at the same provider asks it once more.
  private static Turn turn(Errand next, Errand last) {
    return next.provider().slug().equals(last.provider().slug()) ? Turn.AGAIN : Turn.NEXT;
  }

  /// The same without what the provider objects to, if it can be without.
  private Future<Optional<Errand>> modestly(Exchange exchange, Errand errand, Declined answer) {
    return errand
        .translation()
        .flatMap(_ -> Complaint.about(answer.status(), answer.body().getBytes()))
        .map(concession -> planner.modestly(exchange, errand, concession))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static List<Errand> instead(Errand modest, List<Errand> errands) {
    return Stream.concat(Stream.of(modest), errands.stream().skip(1)).toList();
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
}
