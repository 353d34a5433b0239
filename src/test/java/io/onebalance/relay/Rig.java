package io.onebalance.relay;

import io.onebalance.access.Grants;
import io.onebalance.access.Issued;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.key.ApiKey;
import io.onebalance.key.Counts;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.queue.Lines;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.price.Prices;
import io.onebalance.proof.Notary;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.provider.limit.Windows;
import io.onebalance.relay.ask.GatewayRoad;
import io.onebalance.relay.ask.again.Budgets;
import io.onebalance.relay.cache.Answers;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.Turnstile;
import io.onebalance.relay.exchange.UnderWay;
import io.onebalance.relay.exchange.note.Ledger;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.relay.exchange.rules.CacheRules;
import io.onebalance.relay.exchange.rules.HedgeRules;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.exchange.rules.SocketLimits;
import io.onebalance.relay.exchange.rules.TimeLimits;
import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.relay.plan.memory.Remembered;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Script;
import io.onebalance.secret.Secret;
import io.onebalance.server.Address;
import io.onebalance.server.Cors;
import io.onebalance.server.Doors;
import io.onebalance.server.Health;
import io.onebalance.server.Listener;
import io.onebalance.server.watch.Patience;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry;
import io.onebalance.upstream.name.Resolver;
import io.onebalance.wire.Line;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// A relay on a real socket, of the program's kind, before a sandbox on another, with keys in
/// memory. What a test changes, it changes before the first request.
final class Rig implements AutoCloseable {
  private static final Prices PRICES = Prices.builtIn();
  static final String AUTH = "gateway-key-for-tests-only";
  private static final Policy POLICY =
      new Policy(2, 5, Map.of("google-ai-studio", Windows.ofDay(ZoneId.of("America/Los_Angeles"))));
  static final String LIMITED_AUTH = "restricted-gateway-key-for-tests";

  final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  final Script script = new Script();
  private volatile InstantSource time = Clock.systemUTC();
  public final InstantSource clock = () -> time.instant();
  final Set<String> changed = ConcurrentHashMap.newKeySet();
  public final Pools pools = new Pools(POLICY, new SplittableRandom(7), changed::add);
  final Sandbox sandbox;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  TimeLimits patience = Patiences.USUAL;
  Patience connections =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));
  String limitedTo = "openai,gpt-4o-mini&google-ai-studio";
  BodyLimits limits = new BodyLimits(1 << 20, 64 << 20);
  SocketLimits sockets = new SocketLimits(Duration.ofSeconds(30), 1 << 20);
  Catalogue catalogue;
  Optional<TrustOptions> trust = Optional.empty();
  Resolver resolver = Resolver.ofTheMachine();
  int most = 10_000;
  int concurrent = 10_000;
  boolean fetchesMedia;
  final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  final AtomicInteger inBrief = new AtomicInteger();
  final Whys whys = new Whys();
  final UnderWay underWay = new UnderWay();
  final Spendings spendings = new Spendings();
  volatile LimitTable limitTable = LimitTable.EMPTY;
  Room room = new Room(256 << 20);
  final Answers answers = new Answers(clock);
  Optional<CacheRules> cache = Optional.empty();
  HedgeRules hedging = HedgeRules.NONE;
  Predicate<String> trusted = _ -> false;
  final Budgets budgets = new Budgets();
  Belongings belongings = new Forgetful();
  boolean cloudflareTranslates;
  Way way = new Way.Direct();
  VirtualModels virtualModels = new VirtualModels(Map.of());
  Ledger ledger = new Noted();
  private final AtomicInteger looks = new AtomicInteger();
  private final List<Relay> relays = new CopyOnWriteArrayList<>();
  private final Duration connecting;
  private final boolean http2;
  private Optional<Listener> listener = Optional.empty();

  Rig() {
    this(Duration.ofSeconds(5), false);
  }

  /// A relay whose connections may take this long.
  Rig(Duration connecting) {
    this(connecting, false);
  }

  /// A relay that also takes HTTP/2 in the clear.
  static Rig withHttp2() {
    return new Rig(Duration.ofSeconds(5), true);
  }

  private Rig(Duration connecting, boolean http2) {
    this.connecting = connecting;
    this.http2 = http2;
    sandbox = join(Sandbox.start(vertx, script, clock));
    catalogue =
        Catalogue.builtIn()
            .with(
                Map.of(
                    "google-ai-studio", Map.of("base-url", sandbox.url() + "/gemini"),
                    "openai", Map.of("base-url", sandbox.url() + "/openai/v1"),
                    "anthropic", Map.of("base-url", sandbox.url() + "/anthropic")));
  }

  /// Stops the clock at this time: from here on it goes as far as it is told. Rests between
  /// attempts still pass as on the wall.
  void stopClock(Instant at) {
    time = InstantSource.fixed(at);
  }

  /// Moves the stopped clock.
  void pass(Duration time) {
    stopClock(clock.instant().plus(time));
  }

  /// Lets the clock of the relay break once: at its nth look from now on, or never for 0.
  void breakClock(int nth) {
    looks.set(nth);
  }

  /// Whether the clock is still to break.
  boolean clockHolds() {
    return looks.get() > 0;
  }

  private Instant look() {
    if (looks.get() > 0 && looks.decrementAndGet() == 0) {
      throw new IllegalStateException("the clock breaks");
    }
    return clock.instant();
  }

  private Runnable after(Duration delay, Runnable task) {
    var id = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
    return () -> vertx.cancelTimer(id);
  }

  private Listener open() {
    var reach = new Reach(connecting, trust, resolver, clock, most);
    var inquiry = join(Inquiry.on(vertx, reach));
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var shared =
        new Shared(
            this::snapshot,
            pools,
            new Lines(this::after, clock),
            budgets,
            new Turnstile(underWay, spendings),
            room,
            answers,
            new GatewayRoad(),
            Remembered.with(belongings),
            new Notary(inquiry, clock, threads),
            this::look,
            reach,
            ledger,
            whys,
            Optional.empty());
    var doors =
        new Doors(
            new Health(Optional::empty),
            () -> new Cors(Set.of()),
            _ -> false,
            Optional.empty(),
            Optional.of(loop -> relay(loop, shared)),
            Executors.newVirtualThreadPerTaskExecutor());
    var address = new Address("127.0.0.1", 0, Optional.empty(), http2);
    return join(new Listener(address, doors, () -> connections).open(vertx, 1));
  }

  private Relay relay(Vertx loop, Shared shared) {
    var relay = Relay.on(loop, shared);
    relays.add(relay);
    return relay;
  }

  private Snapshot snapshot() {
    try {
      var grants =
          Grants.parse(AUTH + ";" + LIMITED_AUTH + "=" + limitedTo)
              .with(limitTable, new Issued(Rig::noHash));
      return new Snapshot(
          grants,
          catalogue,
          way,
          cloudflareTranslates,
          virtualModels,
          patience,
          limits,
          sockets,
          concurrent,
          fetchesMedia,
          PRICES,
          cache,
          hedging,
          false,
          trusted);
    } catch (MalformedAuthKey impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] noHash(String key) {
    throw new IllegalStateException("no key was issued");
  }

  /// Keys of this provider; the id of each is its text.
  void keys(String provider, String... texts) {
    for (var text : texts) {
      key(provider, text, "");
    }
  }

  public void key(String provider, String text) {
    key(provider, text, "");
  }

  public void key(String provider, String text, String account) {
    key(provider, text, text, account);
  }

  public void key(String provider, String id, String text, String account) {
    var now = clock.instant();
    var key = new ApiKey(id, provider, new Secret(text), account, "", 1, now);
    pools.of(provider).put(key, Standing.NEW, now);
  }

  /// Lets a provider stand at this base URL.
  void at(String provider, String base) {
    catalogue = catalogue.with(Map.of(provider, Map.of("base-url", base)));
  }

  /// What the requests of all keys of a provider have left behind.
  Standing standing(String provider, String key) {
    return pools.of(provider).standing(key, clock.instant()).orElseThrow();
  }

  Counts counts(String provider) {
    return pools.of(provider).counts(clock.instant());
  }

  /// Waits until no request holds a key of this provider; to be asked when the last one is about to
  /// let go.
  void untilIdle(String provider) {
    until(() -> pools.of(provider).inFlight() == 0);
  }

  /// How many requests wait for a key.
  int resting() {
    return relays.stream().mapToInt(relay -> relay.load().resting()).sum();
  }

  /// Waits until something is so that nobody announces. Fails after half a minute.
  static void until(BooleanSupplier isSo) {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about in half a minute");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /// Where the relay listens; it is opened when it is asked for.
  int port() {
    if (listener.isEmpty()) {
      listener = Optional.of(open());
    }
    return listener.get().port();
  }

  /// Begins to leave, and breaks off what runs after this limit.
  void drain(Duration limit) {
    listener.orElseThrow().drain(limit.plusSeconds(30));
    vertx.setTimer(limit.toMillis(), _ -> relays.forEach(Relay::breakOff));
  }

  /// A bare connection to the relay.
  Line line() {
    try {
      return Line.to(port());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url(path))).header("authorization", "Bearer " + AUTH);
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static <T> T join(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    http.shutdownNow();
    join(vertx.close());
  }

  /// Keeps what the ledger is told.
  private final class Noted implements Ledger {
    @Override
    public void tell(Entry entry) {
      entries.add(entry);
    }

    @Override
    public void tellInBrief(Entry entry) {
      inBrief.incrementAndGet();
      entries.add(entry);
    }
  }
}
