package io.onebalance.store;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Counts;
import io.onebalance.key.Pool;
import io.onebalance.key.Pools;
import io.onebalance.key.Standing;
import io.onebalance.store.KeyTable.Name;
import io.onebalance.store.KeyTable.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys on disk and alive, in step. Every edit is one transaction together with its audit row;
/// once it is on the disk the live pools follow, before anything else is written. What fails
/// changes nothing and throws [StoreTrouble]. Thread-safe.
public final class Keyring implements AutoCloseable {
  /// A key to add. `remark` and `account` may be empty.
  public record NewKey(String key, String remark, String account) {}

  /// What became of the keys given: `invalid` names those refused by their place, from 1.
  public record Added(int added, int duplicates, List<Invalid> invalid) {
    public Added {
      invalid = List.copyOf(invalid);
    }
  }

  /// Why the key in this place was refused; never the key itself.
  public record Invalid(int line, String why) {}

  /// A stored key as it stands now. `updatedAt` is when its row was last written.
  public record Held(ApiKey key, Standing standing, Instant updatedAt) {}

  /// One page of a list; `next` is the cursor of the one after it, empty at the end.
  public record Page(List<Held> keys, long total, String next) {
    public Page {
      keys = List.copyOf(keys);
    }
  }

  /// Which keys are meant; an empty part means any. `text` is looked for in remarks and in the last
  /// four characters, and is matched as a whole key. A key set aside counts as cooling.
  public record Filter(String provider, String status, String text) {
    public static final String ACTIVE = "active";
    public static final String COOLING = "cooling";
    public static final String BLOCKED = "blocked";

    private static final List<String> STATUSES = List.of("", ACTIVE, COOLING, BLOCKED);
    private static final int LONGEST_TEXT = 8 * 1024;

    public static final Filter ANY = new Filter("", "", "");

    public Filter {
      if (!STATUSES.contains(status)) {
        throw new IllegalArgumentException("status: allowed are active, cooling, blocked");
      }
      if (text.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException("q: longer than 8 KiB");
      }
    }
  }

  /// The order of a list.
  public record Sort(By by, boolean descending) {
    public static final Sort NEWEST_FIRST = new Sort(By.CREATED_AT, true);

    String order() {
      return descending ? "DESC" : "ASC";
    }
  }

  /// What lists can be sorted by.
  public enum By {
    CREATED_AT("created_at", true),
    UPDATED_AT("updated_at", true),
    TOTAL_COOLING("total_cooling_seconds", true),
    LATENCY("latency_ms", true),
    SUCCESS_RATE("success_rate", true),
    REMARK("COALESCE(remark, '')", false),
    TAIL("COALESCE(key_tail, '')", false);

    private final String column;
    private final boolean numeric;

    By(String column, boolean numeric) {
      this.column = column;
      this.numeric = numeric;
    }

    String column() {
      return column;
    }

    boolean numeric() {
      return numeric;
    }
  }

  /// The keys that an edit is for.
  public sealed interface Selection {
    /// These; an id that no key has is passed over.
    record Ids(List<String> ids) implements Selection {
      public Ids {
        ids = List.copyOf(ids);
      }
    }

    /// All that match, however many.
    record Matching(Filter filter) implements Selection {}
  }

  /// What to change of a key; what is empty stays. `status` is active or blocked.
  public record Patch(
      Optional<String> status,
      Optional<String> remark,
      Optional<Integer> weight,
      Optional<String> account) {
    public Patch {
      if (status.filter(s -> !s.equals(Filter.ACTIVE) && !s.equals(Filter.BLOCKED)).isPresent()) {
        throw new IllegalArgumentException("status: allowed are active, blocked");
      }
      if (weight.filter(w -> w < 1 || w > ApiKey.HEAVIEST).isPresent()) {
        throw new IllegalArgumentException("weight: allowed are 1 to " + ApiKey.HEAVIEST);
      }
      remark.flatMap(words -> Newcomers.fault("remark", words)).ifPresent(Patch::refuse);
      account.flatMap(words -> Newcomers.fault("account", words)).ifPresent(Patch::refuse);
    }

    private static void refuse(String why) {
      throw new IllegalArgumentException(why);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(Keyring.class);
  private static final String BY_HAND = "by hand";
  private static final int LONGEST_PAGE = 1000;

  private final Database database;
  private final Pools pools;
  private final InstantSource clock;
  private final Vault vault;
  private final KeyTable table;
  private final KeyList lists;
  private final StandingWriter standings;
  private final AuditLog audit;

  /// The provider of each row that cannot be used, by its id.
  private final Map<String, String> damaged = new ConcurrentHashMap<>();

  private Keyring(Database database, Vault vault, Pools pools, InstantSource clock) {
    this.database = database;
    this.pools = pools;
    this.clock = clock;
    this.vault = vault;
    this.table = new KeyTable(vault);
    this.lists = new KeyList(vault, table);
    this.standings = new StandingWriter(database.changes(), pools, clock);
    this.audit = new AuditLog(database);
  }

  /// Loads all keys into the pools. The pools have to tell [Database#changes] what changes. Throws
  /// [io.onebalance.store.file.CannotOpen] when the master key does not fit.
  public static Keyring open(
      Database database, MasterKey master, Pools pools, InstantSource clock) {
    var keyring = new Keyring(database, Vault.open(database, master), pools, clock);
    keyring.load();
    database.behind().add(keyring.standings);
    return keyring;
  }

  private void load() {
    database.read(handle -> {
      table.each(handle, this::load);
      return true;
    });
    if (!damaged.isEmpty()) {
      disableDamaged();
    }
  }

  private void load(Row row) {
    if (row.sound()) {
      enter(row.held().key(), row.held().standing(), clock.instant());
    } else {
      damaged.put(row.held().key().id(), row.held().key().provider());
    }
  }

  private void disableDamaged() {
    var names = damaged.entrySet().stream().map(e -> new Name(e.getKey(), e.getValue())).toList();
    database.write(handle -> {
      KeyTable.block(handle, names, KeyTable.DAMAGED, clock.instant());
      return true;
    });
    log.error(
        "{} stored keys cannot be decrypted and are disabled, among them {}: {}",
        names.size(),
        names.getFirst().id(),
        KeyTable.DAMAGED);
  }

  private void enter(ApiKey key, Standing standing, Instant now) {
    standings.knows(key.id(), key.provider());
    pools.of(key.provider()).put(key, standing, now);
  }

  /// Adds keys to a provider, all that are valid and new, or none when the disk refuses.
  public Added add(String provider, List<NewKey> keys, String actor) {
    var now = clock.instant();
    var newcomers = Newcomers.welcome(provider, keys, vault, now);
    return database.alone(() -> {
      var stored = database.write(handle -> store(handle, provider, newcomers, actor, now));
      stored.forEach(key -> enter(key, Standing.NEW, now));
      var duplicates = newcomers.fresh().size() - stored.size();
      return new Added(stored.size(), duplicates, newcomers.invalid());
    });
  }

  private static List<ApiKey> store(
      Handle handle, String provider, Newcomers newcomers, String actor, Instant now) {
    var stored = new ArrayList<ApiKey>();
    for (var fresh : newcomers.fresh()) {
      if (KeyTable.insert(handle, fresh)) {
        stored.add(fresh.key());
      }
    }
    if (!stored.isEmpty()) {
      AuditLog.add(handle, now, actor, Deeds.added(provider, stored));
    }
    return stored;
  }

  /// One page of what matches, with the state of this moment. An unknown cursor is an
  /// [IllegalArgumentException].
  public Page list(Filter filter, Sort sort, String cursor, int limit) {
    var now = clock.instant();
    database.behind().beat();
    var most = Math.clamp(limit, 1, LONGEST_PAGE);
    var found = database.read(handle -> lists.page(handle, filter, sort, cursor, most, now));
    return new Page(
        found.rows().stream().map(row -> live(row, now)).toList(), found.total(), found.next());
  }

  public Optional<Held> find(String id) {
    var now = clock.instant();
    return database.read(handle -> table.find(handle, id)).map(row -> live(row, now));
  }

  private Held live(Row row, Instant now) {
    var held = row.held();
    return standings
        .live(held.key().id(), now)
        .map(standing -> new Held(held.key(), standing, held.updatedAt()))
        .orElse(held);
  }

  /// How many keys of each provider are in which state, in the order of their names.
  public Map<String, Counts> counts() {
    var now = clock.instant();
    var counts = new TreeMap<String, Counts>();
    standings.providers().forEach(p -> counts.put(p, pools.of(p).counts(now)));
    damaged.values().forEach(p -> counts.merge(p, new Counts(0, 0, 0, 1), Keyring::sum));
    return counts;
  }

  private static Counts sum(Counts a, Counts b) {
    return new Counts(
        a.active() + b.active(),
        a.cooling() + b.cooling(),
        a.setAside() + b.setAside(),
        a.blocked() + b.blocked());
  }

  public int delete(Selection selection, String actor) {
    return edit(
        "delete",
        selection,
        actor,
        (handle, names, _) -> KeyTable.delete(handle, names),
        this::gone);
  }

  private void gone(Name name, Instant now) {
    damaged.remove(name.id());
    standings.forgets(name.id());
    pools.of(name.provider()).remove(name.id());
  }

  public int block(Selection selection, String reason, String actor) {
    return edit(
        "block",
        selection,
        actor,
        (handle, names, now) -> KeyTable.block(handle, names, reason, now),
        (name, now) -> pool(name).block(name.id(), reason, now));
  }

  /// Makes keys usable again. A row that cannot be decrypted stays as it is.
  public int unblock(Selection selection, String actor) {
    return edit(
        "unblock",
        selection,
        actor,
        KeyTable::activate,
        (name, now) -> pool(name).activate(name.id(), now));
  }

  /// Ends all cooldowns and forgets their strikes.
  public int reset(Selection selection, String actor) {
    return edit(
        "reset",
        selection,
        actor,
        KeyTable::reset,
        (name, now) -> pool(name).reset(name.id(), now));
  }

  private Pool pool(Name name) {
    return pools.of(name.provider());
  }

  /// What an edit does to rows.
  private interface Rows {
    void change(Handle handle, List<Name> names, Instant now);
  }

  private int edit(
      String action, Selection selection, String actor, Rows rows, BiConsumer<Name, Instant> live) {
    var now = clock.instant();
    return database.alone(() -> {
      database.behind().flush();
      var names =
          database.write(handle -> {
            var found = names(handle, selection, action, now);
            if (!found.isEmpty()) {
              rows.change(handle, found, now);
              AuditLog.add(handle, now, actor, Deeds.done(action, selection, found));
            }
            return found;
          });
      names.forEach(name -> live.accept(name, now));
      return names.size();
    });
  }

  private List<Name> names(Handle handle, Selection selection, String action, Instant now) {
    var found =
        switch (selection) {
          case Selection.Ids(var ids) -> KeyTable.named(handle, ids);
          case Selection.Matching(var filter) -> lists.names(handle, filter, now);
        };
    return action.equals("delete")
        ? found
        : found.stream().filter(name -> !damaged.containsKey(name.id())).toList();
  }

  /// Changes one key; false when there is none of this id.
  public boolean patch(String id, Patch patch, String actor) {
    var now = clock.instant();
    return database.alone(() -> {
      var edited = database.write(handle -> patch(handle, id, patch, actor, now));
      edited.ifPresent(key -> {
        if (!damaged.containsKey(id)) {
          follow(key, patch, now);
        }
      });
      return edited.isPresent();
    });
  }

  private Optional<ApiKey> patch(Handle handle, String id, Patch patch, String actor, Instant now) {
    var row = table.find(handle, id);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    var key = patched(row.get().held().key(), patch);
    KeyTable.describe(handle, key, now);
    var name = List.of(new Name(id, key.provider()));
    if (row.get().sound()) {
      patch.status().ifPresent(status -> status(handle, name, status, now));
    }
    AuditLog.add(handle, now, actor, Deeds.patched(key, patch));
    return Optional.of(key);
  }

  private static void status(Handle handle, List<Name> name, String status, Instant now) {
    if (status.equals(Filter.BLOCKED)) {
      KeyTable.block(handle, name, BY_HAND, now);
    } else {
      KeyTable.activate(handle, name, now);
    }
  }

  private static ApiKey patched(ApiKey key, Patch patch) {
    return new ApiKey(
        key.id(),
        key.provider(),
        key.secret(),
        patch.account().orElse(key.account()),
        patch.remark().orElse(key.remark()),
        patch.weight().orElse(key.weight()),
        key.createdAt());
  }

  private void follow(ApiKey key, Patch patch, Instant now) {
    var pool = pools.of(key.provider());
    pool.edit(key);
    patch
        .status()
        .ifPresent(status -> {
          if (status.equals(Filter.BLOCKED)) {
            pool.block(key.id(), BY_HAND, now);
          } else {
            pool.activate(key.id(), now);
          }
        });
  }

  /// Who changed what.
  public AuditLog audit() {
    return audit;
  }

  /// Writes what was learnt and is not on the disk yet.
  public void flush() {
    database.behind().flush();
  }

  /// Writes what is left; the database stays open.
  @Override
  public void close() {
    database.behind().beat();
  }
}
