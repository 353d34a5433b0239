package io.onebalance.upkeep;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.pool.Pools;
import io.onebalance.proof.Notary;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Script;
import io.onebalance.secret.Secret;
import io.onebalance.store.Database;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;

/// Upkeep over a real store in a directory of its own, asking a sandbox over real sockets.
final class Rig implements AutoCloseable {
  static final String GOOGLE = "google-ai-studio";
  public static final String ACTOR = "a test";

  /// What OpenAI answers where the limit of tokens was spent on thinking alone.
  static final Fault UNFINISHED =
      new Fault.Says(
          400,
          Map.of("content-type", "application/json"),
          """
          {"error":{"message":"Could not finish the message because max_tokens or model output \
          limit was reached. Please try again with higher max_tokens.",\
          "type":"invalid_request_error","param":null,"code":null}}
          """
              .getBytes(StandardCharsets.UTF_8));

  final Vertx vertx = Vertx.vertx();
  final Script script = new Script();
  public final InstantSource clock = InstantSource.system();
  final Sandbox sandbox = Sandbox.start(vertx, script, clock).await();
  public final Database database;
  public final Pools pools;
  public final Keyring keyring;
  final Examiner examiner;
  final Cleanup cleanup;
  Catalogue catalogue = catalogue();
  Way way = new Way.Direct();
  Cleanup.Action action = Cleanup.Action.DELETE;

  Rig(Path dir) {
    database = Database.open(dir, "sqlite:{data}/one-balance.db", clock);
    pools = new Pools(new Policy(2, 5), new Random(1), database.changes());
    var master = MasterKey.obtain(Optional.empty(), dir.resolve("master.key"), database);
    keyring = Keyring.open(database, Vault.open(database, master), pools, clock);
    var inquiry =
        Inquiry.on(vertx, Reach.ofTheMachine(Duration.ofSeconds(5), InstantSource.system()))
            .await();
    var roads = new Examiner.Roads(() -> catalogue, () -> way);
    var notary = new Notary(inquiry, clock, Executors.newVirtualThreadPerTaskExecutor());
    examiner = new Examiner(roads, pools, inquiry, notary, clock);
    cleanup = new Cleanup(keyring, pools, examiner, () -> action, clock);
  }

  private Catalogue catalogue() {
    return Catalogue.builtIn()
        .with(
            Map.of(
                GOOGLE,
                Map.of("base-url", sandbox.url() + "/gemini"),
                "openai",
                Map.of("base-url", sandbox.url() + "/openai/v1"),
                "anthropic",
                Map.of("base-url", sandbox.url() + "/anthropic", "via", "either"),
                "plain",
                Map.of("base-url", sandbox.url() + "/openai/v1")));
  }

  Way throughGateway() {
    return new Way.Gateway(
        BaseUrl.parse(sandbox.url()), Optional.of(new Secret("gateway-token-of-this-test")));
  }

  Validation validation() {
    return new Validation(keyring, examiner);
  }

  /// Adds a key and gives its id.
  String add(String provider, String key) {
    keyring.add(provider, List.of(new NewKey(key, "", "")), ACTOR);
    return keyring
        .list(new Filter(provider, "", key), Sort.NEWEST_FIRST, "", 1)
        .keys()
        .getFirst()
        .key()
        .id();
  }

  /// Adds a key that failed so often in a row, and rests as a whole if so many make it.
  String failing(String provider, String key, int failures) {
    var id = add(provider, key);
    stands(id, State.ACTIVE, failures, Map.of());
    return id;
  }

  void stands(String id, State state, int failures, Map<String, Cooling> coolings) {
    var key = keyring.find(id).orElseThrow().key();
    var health = new Health(Duration.ofMillis(80), 0.2, failures, clock.instant(), Instant.EPOCH);
    pools.of(key.provider()).remove(id);
    pools
        .of(key.provider())
        .put(key, new Standing(state, coolings, Duration.ZERO, health), clock.instant());
    database.changes().accept(id);
  }

  Cooling rest(String why) {
    return new Cooling(clock.instant().plusSeconds(3600), Duration.ofHours(1), why, 0);
  }

  Standing standing(String id) {
    return keyring.find(id).orElseThrow().standing();
  }

  public static Selection ids(String... ids) {
    return new Selection.Ids(List.of(ids));
  }

  @Override
  public void close() {
    keyring.close();
    database.close();
    vertx.close().await();
  }
}
