package io.onebalance.relay.socket;

import io.onebalance.http.Handshake;
import io.onebalance.key.Outcome;
import io.onebalance.ledger.Entry;
import io.onebalance.provider.answer.Dialect;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.tell.Answering;
import io.onebalance.route.LiveSession;
import io.onebalance.secret.Scrub;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.call.Cut;
import io.onebalance.upstream.call.Inflow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Tells a client that its WebSocket was accepted, and carries it to its end.
public final class Sockets {
  /// How long a provider may take to read its farewell; then its connection ends in any case.
  private static final Duration FAREWELL = Duration.ofMillis(150);

  /// What the head of a 101 says, and would be wrong of an answer.
  private static final List<CharSequence> OF_A_HANDSHAKE =
      List.of(HttpHeaders.UPGRADE, HttpHeaders.CONNECTION, Handshake.ACCEPT, Handshake.PROTOCOL);

  private final Set<Tunnel> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final AtomicInteger count = new AtomicInteger();
  private final Vertx vertx;
  private final Wheel wheel;
  private final InstantSource clock;
  private final RandomGenerator chance;

  public Sockets(Vertx vertx, Wheel wheel, InstantSource clock, RandomGenerator chance) {
    this.vertx = vertx;
    this.wheel = wheel;
    this.clock = clock;
    this.chance = chance;
  }

  /// The answer must be a 101 that accepts. The slot is settled once, when the socket ends.
  public Future<Void> join(Exchange exchange, Asked asked, Ending.Opened opened) {
    return Future.succeededFuture(opened.response())
        .map(Inflow::ofSocket) // a provider may go while its client is still told
        .compose(inflow ->
            accepted(exchange, asked, opened)
                .compose(client -> carry(exchange, asked.errand(), client, opened, inflow)))
        .<Void>map(end -> {
          opened.slot().settle(ended(end, exchange, opened), clock.instant());
          wheel.after(FAREWELL, () -> opened.response().request().reset());
          return null;
        })
        .recover(failure -> unjoined(failure, exchange, opened));
  }

  private Future<NetSocket> accepted(Exchange exchange, Asked asked, Ending.Opened opened) {
    return later()
        .compose(_ -> {
          answer(exchange, asked, opened);
          exchange.client().joins();
          return exchange.client().request().toNetSocket();
        });
  }

  /// Ends every socket and tells both its sides. Complete when they were told.
  public Future<Void> breakOff() {
    List.copyOf(open).forEach(Tunnel::breakOff);
    return Future.succeededFuture();
  }

  /// How many WebSockets are open now. From any thread.
  public int open() {
    return count.get();
  }

  /// The 101 is still being read: what follows it becomes readable when its codec is gone.
  private Future<Void> later() {
    var turn = Promise.<Void>promise();
    vertx.runOnContext(_ -> turn.complete());
    return turn.future();
  }

  private Future<Tunnel.End> carry(
      Exchange exchange, Errand errand, NetSocket client, Ending.Opened opened, Inflow inflow) {
    client.pause();
    exchange.client().departure().stopsNothing();
    opened.slot().answered(opened.latency(), clock.instant());
    var limits = exchange.snapshot().sockets();
    var secrets = opened.secrets().get();
    var turns = new Turns(exchange.client().draft()::uses);
    var heard = Frames.ofServer(limits.message(), reason -> Scrub.scrub(reason, secrets), turns);
    var tunnel =
        new Tunnel(
            Side.ofClient(client, Frames.ofClient(limits.message()), () -> Cut.off(client)),
            Side.ofProvider(
                inflow,
                opened.response().netSocket(),
                heard,
                () -> Cut.off(opened.response().request().connection())),
            new Tunnel.Patience(limits.idle(), exchange.snapshot().patience().client().taking()),
            wheel,
            chance);
    first(exchange, errand).ifPresent(tunnel::await);
    open.add(tunnel);
    count.set(open.size());
    return tunnel
        .carry()
        .onComplete(_ -> {
          open.remove(tunnel);
          count.set(open.size());
        });
  }

  /// The client left before it was joined: no key is to blame, and nobody waits. Anything else is
  /// our own failure, and is told as one.
  private Future<Void> unjoined(Throwable failure, Exchange exchange, Ending.Opened opened) {
    opened.letGo(clock.instant());
    var client = exchange.client();
    if (Answering.isDeparture(failure)) {
      client.ends(Entry.How.LEFT);
      client.response().reset();
      return Future.succeededFuture();
    }
    if (client.response().headWritten()) {
      client.request().connection().close();
    } else {
      OF_A_HANDSHAKE.forEach(client.response().headers()::remove);
    }
    return Future.failedFuture(failure);
  }

  private static Outcome ended(Tunnel.End end, Exchange exchange, Ending.Opened opened) {
    return switch (end) {
      case OVER -> {
        exchange.client().ends(Entry.How.WHOLE);
        yield new Outcome.Abandoned();
      }
      case BROKEN -> {
        exchange.client().ends(Entry.How.CUT);
        yield new Outcome.Judged(new Verdict.Faulted("the provider broke off"), opened.latency());
      }
    };
  }

  /// A caller who may use only some models is not heard before the first message has named one,
  /// where a session may name it there: also where the handshake named one that is allowed.
  private static Optional<FirstMessage> first(Exchange exchange, Errand errand) {
    var grant = exchange.grant();
    var namesLater =
        errand.model().isEmpty()
            || errand.provider().dialect() == Dialect.GEMINI
            || LiveSession.isAt(errand.message().path());
    return !grant.unrestricted() && namesLater
        ? Optional.of(new FirstMessage(model -> grant.allows(errand.provider().slug(), model)))
        : Optional.empty();
  }

  private static void answer(Exchange exchange, Asked asked, Ending.Opened opened) {
    var response = exchange.client().response();
    Answering.head(exchange, asked, opened);
    var request = exchange.headers();
    var key = Objects.requireNonNullElse(request.get(Handshake.KEY), "");
    response.putHeader(HttpHeaders.UPGRADE, "websocket");
    response.putHeader(HttpHeaders.CONNECTION, "Upgrade");
    response.putHeader(Handshake.ACCEPT, Handshake.accept(key));
    Protocols.chosen(
            request.getAll(Handshake.PROTOCOL), opened.response().getHeader(Handshake.PROTOCOL))
        .ifPresent(chosen -> response.putHeader(Handshake.PROTOCOL, chosen));
  }
}
