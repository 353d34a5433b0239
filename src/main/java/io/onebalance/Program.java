package io.onebalance;

import io.onebalance.console.Console;
import io.onebalance.console.Neighbours;
import io.onebalance.key.Policy;
import io.onebalance.key.Pools;
import io.onebalance.provider.Provider;
import io.onebalance.relay.Belongings;
import io.onebalance.relay.Budgets;
import io.onebalance.relay.Relay;
import io.onebalance.relay.Shared;
import io.onebalance.relay.Snapshot;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.Script;
import io.onebalance.secret.Secret;
import io.onebalance.server.Address;
import io.onebalance.server.Cors;
import io.onebalance.server.Desk;
import io.onebalance.server.Doors;
import io.onebalance.server.Health;
import io.onebalance.server.Listener;
import io.onebalance.settings.Settings;
import io.onebalance.store.Database;
import io.onebalance.store.Keyring;
import io.onebalance.store.MasterKey;
import io.onebalance.store.ResourceTable;
import io.onebalance.store.StoreTrouble;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/// The running program: every room built by hand and introduced to those it works with.
final class Program implements AutoCloseable {
  /// In which zone a provider's day begins anew (google-errors.md, section 4).
  private static final Map<String, ZoneId> DAYS =
      Map.of("google-ai-studio", ZoneId.of("America/Los_Angeles"));

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final Database database;
  private final Pools pools;
  private final Keyring keyring;
  private final ResourceTable resources;
  private final Health health;
  private final Snapshots snapshots;
  private final AtomicReference<Settings> settings;
  private final AtomicReference<Snapshot> snapshot;
  private final List<Listener> listeners = new ArrayList<>();

  private Program(Settings settings, Secret authKey, InstantSource clock) {
    var storage = settings.storage();
    this.clock = clock;
    this.settings = new AtomicReference<>(settings);
    this.database = Database.open(storage.dataDir(), storage.database(), clock);
    this.pools = new Pools(policy(settings), new SplittableRandom(), database.changes());
    var master =
        MasterKey.obtain(
            storage.masterKey().map(Secret::reveal), storage.masterKeyFile(), database);
    this.keyring = Keyring.open(database, master, pools, clock);
    this.resources = ResourceTable.open(database);
    this.health = new Health(() -> database.trouble().map(StoreTrouble::getMessage));
    this.snapshots = new Snapshots(settings.sandboxEnabled() ? List.of(sandbox()) : List.of());
    this.snapshot = new AtomicReference<>(snapshots.of(settings, authKey));
  }

  /// Starts everything. Fails with [io.onebalance.store.file.CannotOpen] where the store can't be
  /// opened, and with [IllegalArgumentException] where settings do not fit together.
  static Program start(
      Settings settings, Secret authKey, InstantSource clock, SecureRandom chance) {
    var program = new Program(settings, authKey, clock);
    try {
      program.listen(settings, chance);
      return program;
    } catch (RuntimeException failed) {
      program.close();
      throw failed;
    }
  }

  /// Puts new settings in force, but for those that wait for a restart. Fails as [#start] does;
  /// then the old ones go on.
  void reload(Settings now, Secret authKey) {
    snapshot.set(snapshots.of(now, authKey));
    pools.policy(policy(now));
    settings.set(now);
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

  Keyring keyring() {
    return keyring;
  }

  Pools pools() {
    return pools;
  }

  /// Takes no new requests and lets those that run finish, within this limit.
  void drain(Duration limit) {
    health.leave();
    join(Future.all(listeners.stream().map(listener -> listener.drain(limit)).toList()));
  }

  /// Stops at once; what was learnt is written first.
  @Override
  public void close() {
    join(vertx.close());
    threads.close();
    keyring.close();
    database.close();
  }

  private Provider sandbox() {
    var sandbox = join(Sandbox.start(vertx, new Script(), clock));
    Pretence.addKeys(pools, clock.instant());
    return Pretence.provider(sandbox);
  }

  private void listen(Settings settings, SecureRandom chance) {
    var console = settings.console();
    var desk = console.enabled() ? Optional.<Desk>of(console(chance)) : Optional.<Desk>empty();
    var shared = console.listen().isEmpty();
    var listener = settings.listener();
    open(listener.address(), doors(shared ? desk : Optional.empty(), true), loops());
    console
        .listen()
        .filter(_ -> desk.isPresent())
        .ifPresent(address -> open(address, doors(desk, false), 1));
  }

  private void open(Settings.Address address, Doors doors, int loops) {
    var listener = settings.get().listener();
    var tls = listener.tls().map(pem -> new Address.Tls(pem.certificate(), pem.key()));
    var where = new Address(address.host(), address.port(), tls, listener.cleartextHttp2());
    listeners.add(join(new Listener(where, doors).open(vertx, loops)));
  }

  private Doors doors(Optional<Desk> desk, boolean relays) {
    var shared =
        new Shared(
            snapshot::get,
            pools,
            new Budgets(),
            belongings(),
            clock,
            settings.get().timeout().connect(),
            Optional.empty());
    return new Doors(
        health,
        () -> new Cors(Set.copyOf(settings.get().listener().corsOrigins())),
        peer -> settings.get().listener().trustedProxies().stream().anyMatch(p -> p.contains(peer)),
        desk,
        relays ? Optional.of(loop -> Relay.on(loop, shared)) : Optional.empty(),
        threads);
  }

  private Console console(SecureRandom chance) {
    var rooms =
        new Neighbours(
            () -> snapshot.get().grants(),
            () -> snapshot.get().catalogue(),
            () -> snapshot.get().way(),
            keyring,
            Optional.empty());
    return new Console(rooms, clock, chance);
  }

  private Belongings belongings() {
    return new Belongings() {
      @Override
      public Optional<String> keyOf(String provider, String resource) {
        return resources.keyOf(provider, resource);
      }

      @Override
      public void made(String provider, String resource, String keyId) {
        resources.made(provider, resource, keyId);
      }
    };
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
}
