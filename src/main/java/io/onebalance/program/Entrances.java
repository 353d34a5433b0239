package io.onebalance.program;

import io.onebalance.loop.LoopWatch;
import io.onebalance.loop.TurnClock;
import io.onebalance.program.ground.InForce;
import io.onebalance.relay.Relay;
import io.onebalance.relay.Shared;
import io.onebalance.server.Address;
import io.onebalance.server.Desk;
import io.onebalance.server.Doors;
import io.onebalance.server.Health;
import io.onebalance.server.Listener;
import io.onebalance.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Where the program is reached: its listeners, and the relays behind them.
final class Entrances {
  /// How long the clients of streams that are broken off may take to hear it.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final InForce inForce;
  private final Health health;
  private final ExecutorService threads;
  private final LoopWatch watch = new LoopWatch(System::nanoTime);
  private final List<Listener> listeners = new ArrayList<>();
  private final List<Relay> relays = new CopyOnWriteArrayList<>();

  /// What blocks runs on `threads`.
  Entrances(Vertx vertx, InForce inForce, Health health, ExecutorService threads) {
    this.vertx = vertx;
    this.inForce = inForce;
    this.health = health;
    this.threads = threads;
  }

  /// Begins to listen: for requests, and for the desk there too or at an address of its own.
  void open(Shared shared, Desk desk) {
    var settings = inForce.settings();
    var apart = settings.console().listen().filter(_ -> settings.console().enabled());
    var beside = apart.isEmpty() ? Optional.of(desk) : Optional.<Desk>empty();
    var loops = Runtime.getRuntime().availableProcessors();
    open(settings.listener().address(), doors(beside, Optional.of(shared)), loops);
    apart.ifPresent(address -> open(address, doors(Optional.of(desk), Optional.empty()), 1));
  }

  private void open(Settings.Address address, Doors doors, int loops) {
    var listener = inForce.settings().listener();
    var tls = listener.tls().map(pem -> new Address.Tls(pem.certificate(), pem.key()));
    var where = new Address(address.host(), address.port(), tls, listener.cleartextHttp2());
    listeners.add(new Listener(where, doors, inForce::patience).open(vertx, loops).await());
  }

  private Doors doors(Optional<Desk> desk, Optional<Shared> relayed) {
    return new Doors(
        health,
        inForce::cors,
        peer -> inForce.settings().listener().trusts(peer),
        desk,
        relayed.<Function<Vertx, Handler<HttpServerRequest>>>map(
            shared -> loop -> relay(loop, shared)),
        threads);
  }

  /// On its event loop.
  private Relay relay(Vertx loop, Shared shared) {
    watch.over(loop.getOrCreateContext());
    var relay = Relay.on(loop, inTurns(shared, loop));
    relays.add(relay);
    return relay;
  }

  /// What is shared, by the clock of one event loop.
  private static Shared inTurns(Shared shared, Vertx loop) {
    return shared.at(TurnClock.of(loop.getOrCreateContext(), shared.clock()));
  }

  /// Begins to watch over the event loops of the relays, until [#breakOff].
  void watch() {
    watch.begin();
  }

  /// One for each event loop, once they listen.
  List<Relay> relays() {
    return relays;
  }

  /// Where clients reach this program on this machine.
  String url() {
    return url(inForce.settings().listener().address(), listeners.getFirst());
  }

  Welcome.Places places() {
    var now = inForce.settings();
    var console =
        now.console()
            .listen()
            .map(address -> url(address, listeners.getLast()))
            .or(() -> Optional.of(url()))
            .filter(_ -> now.console().enabled());
    return new Welcome.Places(url(), console, now.sandboxEnabled());
  }

  private String url(Settings.Address address, Listener listener) {
    return address.url(inForce.settings().listener().tls().isPresent(), listener.port());
  }

  /// After the pause no connections are taken any more, and what runs may finish. Complete when all
  /// has, or when the limit is over.
  Future<Void> drain(Duration pause, Duration limit) {
    return after(pause)
        .compose(_ -> {
          var hardly = limit.plus(FAREWELL.multipliedBy(2));
          var drained = listeners.stream().map(listener -> listener.drain(hardly)).toList();
          return Future.any(Future.all(drained), after(limit));
        })
        .mapEmpty();
  }

  private Future<?> after(Duration time) {
    return time.isZero()
        ? Future.succeededFuture()
        : vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Streams that still run are broken off with a last event; a client that reads nothing does not
  /// keep us. The event loops end next, and nobody watches them any more.
  void breakOff() {
    watch.close();
    Future.join(relays.stream().map(Relay::breakOff).toList())
        .timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .transform(_ -> Future.succeededFuture())
        .await();
  }
}
