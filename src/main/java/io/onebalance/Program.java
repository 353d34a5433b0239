package io.onebalance;

import io.onebalance.access.limit.Elsewhere;
import io.onebalance.access.limit.Spendings;
import io.onebalance.alert.Sight;
import io.onebalance.cluster.Cluster;
import io.onebalance.console.Console;
import io.onebalance.console.ConsoleRooms;
import io.onebalance.console.pages.house.SettingLine;
import io.onebalance.key.Policy;
import io.onebalance.key.Pools;
import io.onebalance.key.queue.Lines;
import io.onebalance.proof.Notary;
import io.onebalance.provider.Provider;
import io.onebalance.relay.Relay;
import io.onebalance.relay.Shared;
import io.onebalance.relay.ask.Budgets;
import io.onebalance.relay.ask.GatewayRoad;
import io.onebalance.relay.cache.Answers;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.Snapshot;
import io.onebalance.relay.exchange.Turnstile;
import io.onebalance.relay.exchange.UnderWay;
import io.onebalance.relay.plan.Belongings;
import io.onebalance.relay.plan.Remembered;
import io.onebalance.secret.Secret;
import io.onebalance.server.Address;
import io.onebalance.server.Cors;
import io.onebalance.server.Desk;
import io.onebalance.server.Doors;
import io.onebalance.server.Health;
import io.onebalance.server.Listener;
import io.onebalance.server.Patience;
import io.onebalance.settings.Held;
import io.onebalance.settings.Settings;
import io.onebalance.store.Keyring;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.history.Retention;
import io.onebalance.store.share.Exchange;
import io.onebalance.trace.Target;
import io.onebalance.trace.Traces;
import io.onebalance.upkeep.Examiner;
import io.onebalance.upstream.Inquiry;
import io.onebalance.upstream.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The running program: every room built by hand and introduced to those it works with.
final class Program implements AutoCloseable {
  /// In which zone a provider's day begins anew (google-errors.md, section 4).
  private static final Map<String, ZoneId> DAYS =
      Map.of("google-ai-studio", ZoneId.of("America/Los_Angeles"));

  /// How long the clients of streams that are broken off may take to hear it.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final OpenStore stored;
  private final Optional<Cluster> cluster;
  private final Health health;
  private final Room room = Room.ofTheHeap();
  private final Answers answers;
  private final Spendings spendings;
  private final Snapshots snapshots;
  private final AtomicReference<Settings> settings;
  private final AtomicReference<List<SettingLine>> told = new AtomicReference<>(List.of());
  private final AtomicReference<Snapshot> snapshot;
  private final AtomicReference<Cors> cors;
  private final Notary notary;
  private final Upkeep upkeep;
  private final Alarms alarms;
  private final Metering metering;
  private final Optional<Traces> traces;
  private final UnderWay underWay = new UnderWay();
  private final Pulse pulse;
  private final List<Listener> listeners = new ArrayList<>();
  private final List<Relay> relays = new CopyOnWriteArrayList<>();

  private Program(Settings settings, Secret authKey, Ground ground) {
    this.vertx = ground.vertx();
    this.clock = ground.clock();
    this.stored = ground.stored();
    this.spendings =
        new Spendings(stored.elsewhere().<Elsewhere>map(it -> it).orElse(Elsewhere.NOWHERE));
    this.cluster = Cluster.of(stored.database(), looking(ground));
    this.settings = new AtomicReference<>(settings);
    var database = stored.database();
    Retention.on(database, this::kept, clock);
    this.health =
        new Health(() -> database.trouble().map(trouble -> "the store is " + word(trouble.kind())));
    this.answers = new Answers(clock);
    answers.bound(settings.cache().maxBytes());
    this.snapshots = new Snapshots(own(ground), stored.issued().inForce(), room.size());
    limit(settings);
    restoreSpending();
    this.snapshot = new AtomicReference<>(snapshots.of(settings, authKey));
    this.cors = new AtomicReference<>(cors(settings));
    this.notary = new Notary(ground.inquiry(), clock, threads);
    this.upkeep = upkeep(ground.inquiry());
    var places = new Alarms.Places(stored.pools(), this.settings::get, this::budgets);
    this.alarms =
        new Alarms(places, ground.heard().alarms(), ground.inquiry(), clock, this::tellsForAll);
    this.pulse = new Pulse(stored.pools(), ground.heard().marks(), clock);
    var secrets = new KnownSecrets(stored.pools(), () -> snapshot.get().grants(), clock);
    this.metering =
        new Metering(
            new Readings(stored.pools(), underWay, relays, stored.written(), clock),
            secrets,
            new MetricsDesk.Door(
                () -> this.settings.get().listener().metricsOpen(),
                () -> snapshot.get().grants(),
                clock));
    ground.heard().news().tell(new KeyLog());
    stored.written().tell(alarms::heard);
    stored.written().tell(metering::heard);
    this.traces = settings.tracing().map(Program::traces);
    var discretion = new Discretion(secrets);
    traces.ifPresent(told -> stored.written().tell(entries -> told.heard(discretion.of(entries))));
  }

  /// Starts everything, or nothing: what was opened before something failed is closed again. Fails
  /// with [io.onebalance.store.file.CannotOpen] where the store can't be opened, and with
  /// [IllegalArgumentException] where settings do not fit together.
  static Program start(
      Settings settings, Secret authKey, InstantSource clock, SecureRandom chance) {
    var ground = Ground.open(settings, policy(settings), clock);
    var started = false;
    try {
      var program = new Program(settings, authKey, ground);
      program.listen(settings, chance);
      program.cluster.ifPresent(Cluster::begin);
      program.upkeep.begin();
      program.alarms.begin();
      program.pulse.begin();
      program.threads.execute(Inquiry::prepareTls); // it takes long, and may be needed soon
      started = true;
      return program;
    } finally {
      if (!started) {
        ground.giveBack();
      }
    }
  }

  /// Puts new settings in force, but for those that wait for a restart. Fails as [#start] does;
  /// then the old ones go on.
  void reload(Settings now, Secret authKey) {
    snapshot.set(snapshots.of(now, authKey));
    answers.bound(now.cache().maxBytes());
    limit(now);
    stored.pools().policy(policy(now));
    settings.set(now);
    cors.set(cors(now));
  }

  /// Where the settings in force came from, for those who ask.
  void tell(List<Held> values) {
    told.set(
        values.stream()
            .map(held ->
                new SettingLine(
                    held.name(), SettingText.of(held), held.source().where(), held.restart()))
            .toList());
  }

  /// Whether this instance tells what all of them see. While nobody can say, each does.
  private boolean tellsForAll() {
    try {
      return cluster.isEmpty() || cluster.get().leases().take("alerts").isPresent();
    } catch (StoreTrouble away) {
      return true;
    }
  }

  /// What is looked at when other instances may have written something.
  private Runnable looking(Ground ground) {
    return switch (stored.database().engine().dialect()) {
      case SQLITE -> stored::catchUp;
      case POSTGRESQL -> {
        var uses = new SharedUses(stored.pools(), spendings, ground.clock());
        var exchange = Exchange.on(stored.database(), uses, ground.clock());
        yield () -> {
          stored.catchUp();
          exchange.catchUp();
        };
      }
    };
  }

  private List<Sight.Budget> budgets() {
    return spendings.used(clock.instant()).stream()
        .map(used -> new Sight.Budget(used.key(), used.limit().setting(), used.percent()))
        .toList();
  }

  /// What was spent stays; new limits meet it. What the journal still holds of the last run is
  /// counted first.
  private void restoreSpending() {
    stored.database().behind().flush();
    spendings.restore(new PastSpending(stored.history()), clock.instant());
  }

  private void limit(Settings now) {
    spendings.zone(now.limits().zone());
    stored.issued().inForce().byDefault(now.limits().byDefault());
  }

  /// Where clients reach this program on this machine.
  String url() {
    return url(settings.get().listener().address(), listeners.getFirst());
  }

  Welcome.Places places() {
    var now = settings.get();
    var console =
        now.console()
            .listen()
            .map(address -> url(address, listeners.getLast()))
            .or(() -> Optional.of(url()))
            .filter(_ -> now.console().enabled());
    return new Welcome.Places(url(), console, now.sandboxEnabled());
  }

  private String url(Settings.Address address, Listener listener) {
    var host = address.host();
    var known = Set.of("0.0.0.0", "::").contains(host) ? "127.0.0.1" : host;
    return (settings.get().listener().tls().isPresent() ? "https://" : "http://")
        + (known.contains(":") ? "[" + known + "]" : known)
        + ":"
        + listener.port();
  }

  /// Looks at once for what somebody should be told, as it does every few seconds by itself.
  void look() {
    alarms.look(clock.instant());
  }

  Keyring keyring() {
    return stored.keyring();
  }

  Pools pools() {
    return stored.pools();
  }

  /// Says at once that it is not ready; after the pause it takes no new connections, and lets what
  /// runs finish. Complete when all has, or when the limit is over.
  Future<Void> drain(Duration pause, Duration limit) {
    health.leave();
    pulse.live().watch().end();
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
  /// keep us.
  private void breakOff() {
    join(
        Future.join(relays.stream().map(Relay::breakOff).toList())
            .timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
            .transform(_ -> Future.succeededFuture()));
  }

  /// Stops at once; what was learnt is written first.
  @Override
  public void close() {
    upkeep.close();
    alarms.close();
    cluster.ifPresent(Cluster::close);
    pulse.close();
    pulse.live().watch().end();
    breakOff();
    join(vertx.close());
    threads.shutdownNow();
    stored.close();
    traces.ifPresent(Traces::close); // the store told it of the last ones
  }

  private static Traces traces(Settings.Tracing tracing) {
    return new Traces(new Target(tracing.endpoint(), tracing.headers(), tracing.share()));
  }

  private Upkeep upkeep(Inquiry inquiry) {
    var current = new Upkeep.Current(settings::get, snapshot::get);
    var examiner = new Examiner(current.roads(), stored.pools(), inquiry, notary, clock);
    var shifts = Upkeep.Shifts.of(cluster.map(Cluster::leases), clock.instant());
    return new Upkeep(stored, current, examiner, shifts, clock);
  }

  /// The providers that are part of the program.
  private List<Provider> own(Ground ground) {
    ground.sandbox().ifPresent(_ -> SandboxProvider.addKeys(stored.pools(), clock.instant()));
    return ground.sandbox().map(SandboxProvider::provider).stream().toList();
  }

  private void listen(Settings settings, SecureRandom chance) {
    var console = settings.console();
    var pages = console.enabled() ? Optional.<Desk>of(console(chance)) : Optional.<Desk>empty();
    var apart = console.listen().filter(_ -> console.enabled());
    var desk = Optional.of(metering.desk(pages));
    var listener = settings.listener();
    open(listener.address(), doors(apart.isEmpty() ? desk : Optional.empty(), true), loops());
    apart.ifPresent(address -> open(address, doors(desk, false), 1));
  }

  private void open(Settings.Address address, Doors doors, int loops) {
    var listener = settings.get().listener();
    var tls = listener.tls().map(pem -> new Address.Tls(pem.certificate(), pem.key()));
    var where = new Address(address.host(), address.port(), tls, listener.cleartextHttp2());
    listeners.add(join(new Listener(where, doors, this::patience).open(vertx, loops)));
  }

  private Patience patience() {
    var clients = settings.get().clients();
    return new Patience(clients.head(), clients.idle(), clients.body(), clients.taking());
  }

  private Relay noted(Relay relay) {
    relays.add(relay);
    return relay;
  }

  private Doors doors(Optional<Desk> desk, boolean relays) {
    var shared =
        new Shared(
            snapshot::get,
            stored.pools(),
            new Lines(VertxTimer.of(vertx), clock),
            new Budgets(),
            new Turnstile(underWay, spendings),
            room,
            answers,
            new GatewayRoad(),
            Remembered.with(belongings()),
            notary,
            clock,
            Reach.ofTheMachine(settings.get().timeout().connect(), clock),
            new Charging(spendings).andThen(stored.journal()::write),
            traces.map(Traces::parents).map(parents -> parents::began));
    return new Doors(
        health,
        cors::get,
        peer -> settings.get().listener().trustedProxies().stream().anyMatch(p -> p.contains(peer)),
        desk,
        relays ? Optional.of(loop -> noted(Relay.on(loop, shared))) : Optional.empty(),
        threads);
  }

  private Console console(SecureRandom chance) {
    var rooms =
        new ConsoleRooms(
            () -> snapshot.get().grants(),
            () -> snapshot.get().catalogue(),
            () -> snapshot.get().way(),
            stored.keyring(),
            stored.pools(),
            stored.issued(),
            spendings,
            stored.history(),
            pulse.live(),
            told::get,
            Optional.of(upkeep.trials()));
    return new Console(rooms, clock, chance);
  }

  private Belongings belongings() {
    return new Belongings() {
      @Override
      public boolean isEmpty() {
        return stored.resources().isEmpty();
      }

      @Override
      public Optional<String> keyOf(String provider, String resource) {
        return stored.resources().keyOf(provider, resource);
      }

      @Override
      public void made(String provider, String resource, String keyId) {
        stored.resources().made(provider, resource, keyId);
      }
    };
  }

  private Retention.Terms kept() {
    var kept = settings.get().retention();
    return new Retention.Terms(kept.requests(), kept.maxBytes());
  }

  private static Policy policy(Settings settings) {
    return new Policy(
        settings.cooldown().consecutive429Threshold(), settings.health().recoveryThreshold(), DAYS);
  }

  private static int loops() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static <T> T join(Future<T> future) {
    return future.await();
  }

  private static Cors cors(Settings settings) {
    return new Cors(Set.copyOf(settings.listener().corsOrigins()));
  }

  private static String word(StoreTrouble.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
