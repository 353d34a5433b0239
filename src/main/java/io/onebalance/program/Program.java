package io.onebalance.program;

import io.onebalance.access.limit.Elsewhere;
import io.onebalance.access.limit.Spendings;
import io.onebalance.alert.Sight;
import io.onebalance.cluster.Cluster;
import io.onebalance.console.Console;
import io.onebalance.console.ConsoleRooms;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.queue.Lines;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.journal.Journal;
import io.onebalance.program.ground.Ground;
import io.onebalance.program.ground.InForce;
import io.onebalance.program.ground.OpenStore;
import io.onebalance.program.ground.SandboxProvider;
import io.onebalance.program.ground.Snapshots;
import io.onebalance.program.tell.Alarms;
import io.onebalance.program.tell.Readings;
import io.onebalance.program.tell.Reporters;
import io.onebalance.proof.Notary;
import io.onebalance.provider.Provider;
import io.onebalance.relay.Shared;
import io.onebalance.relay.ask.GatewayRoad;
import io.onebalance.relay.ask.again.Budgets;
import io.onebalance.relay.cache.Answers;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.Turnstile;
import io.onebalance.relay.exchange.UnderWay;
import io.onebalance.relay.plan.memory.Remembered;
import io.onebalance.secret.Secret;
import io.onebalance.server.Desk;
import io.onebalance.server.Health;
import io.onebalance.settings.Held;
import io.onebalance.settings.Settings;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.history.Retention;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.trace.Traces;
import io.onebalance.upkeep.Examiner;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The running program: every room built by hand and introduced to those it works with.
public final class Program implements AutoCloseable {
  private final Vertx vertx;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final OpenStore stored;
  private final Optional<Cluster> cluster;
  private final Health health;
  private final Room room = Room.ofTheHeap();
  private final Answers answers;
  private final Spendings spendings;
  private final InForce inForce;
  private final Notary notary;
  private final Upkeep upkeep;
  private final Whys whys = new Whys();
  private final UnderWay underWay = new UnderWay();
  private final Entrances entrances;
  private final Reporters reporters;

  private Program(Settings settings, Secret authKey, Ground ground) {
    this.vertx = ground.vertx();
    this.clock = ground.clock();
    this.stored = ground.stored();
    this.spendings =
        new Spendings(stored.elsewhere().<Elsewhere>map(it -> it).orElse(Elsewhere.NOWHERE));
    this.cluster = Company.join(stored, spendings, clock);
    var snapshots = new Snapshots(own(ground), stored.issued().inForce(), room.size());
    this.inForce = new InForce(snapshots, settings, authKey);
    this.answers = new Answers(clock);
    bound(settings);
    restoreSpending();
    var database = stored.database();
    Retention.on(database, inForce::kept, clock);
    this.health =
        new Health(() -> database.trouble().map(trouble -> "the store is " + word(trouble.kind())));
    this.notary = new Notary(ground.inquiry(), clock, threads);
    this.upkeep = upkeep(ground.inquiry());
    this.entrances = new Entrances(vertx, inForce, health, threads);
    var readings =
        new Readings(stored.pools(), underWay, entrances.relays(), stored.written(), clock);
    this.reporters = Reporters.of(ground, inForce, alarms(ground.inquiry()), readings);
  }

  /// Starts everything, or nothing: what was opened before something failed is closed again. Fails
  /// with [io.onebalance.store.file.CannotOpen] where the store can't be opened, and with
  /// [IllegalArgumentException] where settings do not fit together.
  public static Program start(
      Settings settings, Secret authKey, InstantSource clock, SecureRandom chance) {
    var ground = Ground.open(settings, clock);
    var started = false;
    try {
      var program = new Program(settings, authKey, ground);
      program.entrances.open(program.shared(), program.desk(chance));
      program.cluster.ifPresent(Cluster::begin);
      program.upkeep.begin();
      program.reporters.begin();
      program.entrances.watch();
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
  public void reload(Settings now, Secret authKey) {
    inForce.put(now, authKey);
    stored.pools().policy(inForce.policy());
    bound(now);
  }

  /// Where the settings in force came from, for those who ask.
  public void tell(List<Held> values) {
    inForce.tell(values);
  }

  private void bound(Settings now) {
    answers.bound(now.cache().maxBytes());
    spendings.zone(now.limits().zone());
    stored.issued().inForce().byDefault(now.limits().byDefault());
  }

  /// What was spent stays; new limits meet it. What the journal still holds of the last run is
  /// counted first.
  private void restoreSpending() {
    stored.database().behind().flush();
    spendings.restore(new PastSpending(stored.history()), clock.instant());
  }

  /// Where clients reach this program on this machine.
  public String url() {
    return entrances.url();
  }

  public Welcome.Places places() {
    return entrances.places();
  }

  /// Looks at once for what somebody should be told, as it does every few seconds by itself.
  public void look() {
    reporters.alarms().look(clock.instant());
  }

  public Keyring keyring() {
    return stored.keyring();
  }

  public Pools pools() {
    return stored.pools();
  }

  /// Says at once that it is not ready; after the pause it takes no new connections, and lets what
  /// runs finish. Complete when all has, or when the limit is over.
  public Future<Void> drain(Duration pause, Duration limit) {
    health.leave();
    reporters.leave();
    return entrances.drain(pause, limit);
  }

  /// Stops at once; what was learnt is written first.
  @Override
  public void close() {
    upkeep.close();
    cluster.ifPresent(Cluster::close);
    reporters.rest();
    entrances.breakOff();
    vertx.close().await();
    threads.shutdownNow();
    stored.close();
    reporters.end();
  }

  private Alarms alarms(Inquiry inquiry) {
    var places = new Alarms.Places(stored.pools(), inForce::settings, this::budgets);
    return new Alarms(places, inquiry, clock, Company.alerts(cluster));
  }

  private List<Sight.Budget> budgets() {
    var names = stored.issued().inForce().names();
    inForce.snapshot().grants().defined().forEach(one -> names.put(one.grant().id(), one.place()));
    return spendings.used(clock.instant()).stream()
        .map(used -> {
          var name = names.getOrDefault(used.key(), "");
          return new Sight.Budget(used.key(), name, used.limit().setting(), used.percent());
        })
        .toList();
  }

  private Upkeep upkeep(Inquiry inquiry) {
    var current = new Upkeep.Current(inForce::settings, inForce::snapshot);
    var examiner = new Examiner(current.roads(), stored.pools(), inquiry, notary, clock);
    var shifts = Upkeep.Shifts.of(cluster.map(Cluster::leases), clock.instant());
    return new Upkeep(stored, current, examiner, shifts, clock);
  }

  /// The providers that are part of the program.
  private List<Provider> own(Ground ground) {
    ground.sandbox().ifPresent(_ -> SandboxProvider.addKeys(stored.pools(), clock.instant()));
    return ground.sandbox().map(SandboxProvider::provider).stream().toList();
  }

  /// What every relay works with.
  private Shared shared() {
    return new Shared(
        inForce::snapshot,
        stored.pools(),
        new Lines(VertxTimer.of(vertx), clock),
        new Budgets(),
        new Turnstile(underWay, spendings),
        room,
        answers,
        new GatewayRoad(),
        Remembered.with(new StoredBelongings(stored.resources())),
        notary,
        clock,
        Reach.ofTheMachine(inForce.settings().timeout().connect(), clock),
        new Recording(spendings, journal()),
        whys,
        reporters.traces().map(Traces::parents).map(parents -> parents::began));
  }

  /// Where requests are recorded, if they are.
  private Optional<Journal> journal() {
    return inForce.settings().records() ? Optional.of(stored.journal()) : Optional.empty();
  }

  /// The metrics, and the console beside them.
  private Desk desk(SecureRandom chance) {
    var enabled = inForce.settings().console().enabled();
    return reporters.metering().desk(enabled ? Optional.of(console(chance)) : Optional.empty());
  }

  private Console console(SecureRandom chance) {
    var rooms =
        new ConsoleRooms(
            () -> inForce.snapshot().grants(),
            () -> inForce.snapshot().catalogue(),
            () -> inForce.snapshot().way(),
            stored.keyring(),
            stored.pools(),
            stored.issued(),
            spendings,
            stored.history(),
            reporters.live(),
            inForce::lines,
            Optional.of(upkeep.trials()),
            whys);
    return new Console(rooms, clock, chance);
  }

  private static String word(StoreTrouble.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
