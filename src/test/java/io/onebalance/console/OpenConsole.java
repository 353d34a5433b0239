package io.onebalance.console;

import io.onebalance.access.Grants;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.console.api.Trials;
import io.onebalance.console.live.KeyWatch;
import io.onebalance.console.live.Live;
import io.onebalance.console.live.Trends;
import io.onebalance.console.pages.house.SettingLine;
import io.onebalance.key.Policy;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.why.Whys;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.store.Database;
import io.onebalance.store.history.History;
import io.onebalance.store.issue.IssuedKeys;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A console over a real database in a directory of its own, with a clock that tests turn.
public final class OpenConsole implements AutoCloseable {
  public static final String MASTER = "master-gateway-key-0000000001";
  public static final String LIMITED = "limited-gateway-key-000000001";

  public Instant now = Instant.parse("2026-03-01T12:00:00Z");
  public final InstantSource clock = () -> now;
  public final Whys whys = new Whys();
  public final Pools pools;
  public final Live live;
  public final Keyring keyring;
  public final IssuedKeys issued;
  public final Spendings spendings = new Spendings();
  public final Console console;
  public Grants grants = grants(MASTER + ";" + LIMITED + "=openai");
  public final Database database;

  private OpenConsole(Path dir, Optional<Trials> trials) {
    database = Database.open(dir, "sqlite:{data}/one-balance.db", clock);
    var master =
        MasterKey.obtain(
            Optional.of(Base64.getEncoder().encodeToString(new byte[32])),
            dir.resolve("master.key"),
            database);
    var watch = new KeyWatch();
    pools = new Pools(new Policy(2, 5), new Random(1), database.changes(), watch);
    live = new Live(pools, watch, new Trends());
    var vault = Vault.open(database, master);
    keyring = Keyring.open(database, vault, pools, clock);
    issued = IssuedKeys.open(database, vault, clock);
    var rooms =
        new ConsoleRooms(
            () -> grants.with(LimitTable.EMPTY, issued.inForce()),
            Catalogue::builtIn,
            Way.Direct::new,
            keyring,
            pools,
            issued,
            spendings,
            new History(database, clock),
            live,
            () -> List.of(new SettingLine("port", "8080", "default", true)),
            trials,
            whys);
    console = new Console(rooms, clock, new SecureRandom());
  }

  public static OpenConsole in(Path dir) {
    return new OpenConsole(dir, Optional.empty());
  }

  public static OpenConsole in(Path dir, Trials trials) {
    return new OpenConsole(dir, Optional.of(trials));
  }

  public static Grants grants(String authKey) {
    try {
      return Grants.parse(authKey);
    } catch (MalformedAuthKey e) {
      throw new IllegalArgumentException(e);
    }
  }

  public Knock get(String target) {
    return new Knock(console, "GET", target);
  }

  public Knock post(String target) {
    return new Knock(console, "POST", target);
  }

  public Knock knock(String method, String target) {
    return new Knock(console, method, target);
  }

  /// Signs in and gives the cookie.
  public String cookie() {
    var answer = post("/login").form("auth_key=" + MASTER).whole();
    return cookieOf(Knock.header(answer, "set-cookie"));
  }

  static String cookieOf(@Nullable String setCookie) {
    return String.valueOf(setCookie).split(";", 2)[0];
  }

  /// Adds keys and gives their ids, oldest first.
  public List<String> add(String provider, String... keys) {
    keyring.add(
        provider, List.of(keys).stream().map(key -> new NewKey(key, "", "")).toList(), "test");
    return ids(provider);
  }

  public List<String> ids(String provider) {
    var oldestFirst = new Keyring.Sort(Keyring.By.CREATED_AT, false);
    return keyring.list(new Keyring.Filter(provider, "", ""), oldestFirst, "", 1000).keys().stream()
        .map(held -> held.key().id())
        .toList();
  }

  /// The actor of the newest audit row.
  public String lastActor() {
    return keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().actor();
  }

  @Override
  public void close() {
    keyring.close();
    database.close();
  }
}
