package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Counts;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pools;
import io.onebalance.store.AuditLog;
import io.onebalance.store.Database;
import io.onebalance.store.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /// Ids of a page of a list; `next` is the cursor of the one after it, empty at the end. The last
  /// page may be empty.
  public record Ids(List<String> ids, String next) {
    public Ids {
      ids = List.copyOf(ids);
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

    ApiKey to(ApiKey key) {
      return new ApiKey(
          key.id(),
          key.provider(),
          key.secret(),
          account.orElse(key.account()),
          remark.orElse(key.remark()),
          weight.orElse(key.weight()),
          key.createdAt());
    }
  }

  private static final int LONGEST_PAGE = 1000;

  private final Database database;
  private final InstantSource clock;
  private final Vault vault;
  private final KeyTable table;
  private final KeyList lists;
  private final Living living;
  private final KeyEdits edits;
  private final AuditLog audit;
  private final Following following;

  private Keyring(Database database, Vault vault, Pools pools, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.vault = vault;
    this.table = new KeyTable(vault);
    this.lists = new KeyList(vault, table);
    this.living = new Living(database, pools, clock);
    this.edits = new KeyEdits(database, clock, table, lists, living);
    this.audit = new AuditLog(database);
    this.following = new Following(database, table, living, clock);
  }

  /// Loads all keys into the pools. The pools have to tell [Database#changes] what changes.
  public static Keyring open(Database database, Vault vault, Pools pools, InstantSource clock) {
    var keyring = new Keyring(database, vault, pools, clock);
    switch (database.engine().dialect()) {
      case SQLITE -> {} // nobody else writes
      case POSTGRESQL -> keyring.following.begin();
    }
    keyring.living.load(database, keyring.table);
    return keyring;
  }

  /// Adds keys to a provider, all that are valid and new, or none when the disk refuses.
  public Added add(String provider, List<NewKey> keys, String actor) {
    var now = clock.instant();
    var newcomers = Newcomers.welcome(provider, keys, vault, now);
    return database.alone(() -> {
      var stored = database.write(handle -> newcomers.store(handle, provider, actor, now));
      stored.forEach(key -> living.enter(key, Standing.NEW, now));
      return newcomers.added(stored.size());
    });
  }

  /// What would become of these keys, and nothing changes.
  public Added preview(String provider, List<NewKey> keys) {
    var newcomers = Newcomers.welcome(provider, keys, vault, clock.instant());
    return newcomers.added(database.read(newcomers::unknown));
  }

  /// One page of what matches, with the state of this moment. An unknown cursor is an
  /// [IllegalArgumentException].
  public Page list(Filter filter, Sort sort, String cursor, int limit) {
    var now = clock.instant();
    database.behind().catchUp();
    var most = Math.clamp(limit, 1, LONGEST_PAGE);
    var found = database.read(handle -> lists.page(handle, filter, sort, cursor, most, now));
    return new Page(
        found.rows().stream().map(row -> living.held(row, now)).toList(),
        found.total(),
        found.next());
  }

  /// As [#list], their ids alone, which costs little however many pages are read. Only the first
  /// page waits until rows tell what is so now: who goes on reading changes the rows himself.
  public Ids ids(Filter filter, Sort sort, String cursor, int limit) {
    var now = clock.instant();
    if (cursor.isEmpty()) {
      database.behind().catchUp();
    }
    var most = Math.clamp(limit, 1, LONGEST_PAGE);
    return database.read(handle -> lists.ids(handle, filter, sort, cursor, most, now));
  }

  public Optional<Held> find(String id) {
    var now = clock.instant();
    return database.read(handle -> table.find(handle, id)).map(row -> living.held(row, now));
  }

  /// How many keys of each provider are in which state, in the order of their names.
  public Map<String, Counts> counts() {
    return living.counts(clock.instant());
  }

  public int delete(Selection selection, String actor) {
    return edits.run(
        "delete",
        selection,
        actor,
        (handle, names, _) -> KeyTable.delete(handle, names),
        (name, _) -> living.leave(name));
  }

  public int block(Selection selection, String reason, String actor) {
    return edits.run(
        "block",
        selection,
        actor,
        (handle, names, now) -> KeyTable.block(handle, names, reason, now),
        (name, now) -> living.block(name, reason, now));
  }

  /// Makes keys usable again. A row that cannot be decrypted stays as it is.
  public int unblock(Selection selection, String actor) {
    return edits.run("unblock", selection, actor, KeyTable::activate, living::activate);
  }

  /// Ends all cooldowns and forgets their strikes.
  public int reset(Selection selection, String actor) {
    return edits.run("reset", selection, actor, KeyTable::reset, living::reset);
  }

  /// Changes one key; false when there is none of this id.
  public boolean patch(String id, Patch patch, String actor) {
    return edits.patch(id, patch, actor);
  }

  /// Changes many keys at once and tells how many.
  public int patch(Selection selection, Patch patch, String actor) {
    return edits.patch(selection, patch, actor);
  }

  /// The keys themselves, for somebody who may see them; `action` is what the audit log calls it.
  public List<ApiKey> reveal(Selection selection, String action, String actor) {
    return edits.reveal(selection, action, actor);
  }

  /// The way in for keys that bring along what was known of them elsewhere.
  public Arrivals arrivals() {
    return new Arrivals(database, vault, table, living, clock);
  }

  /// Notes that the texts of these keys are about to be shown. Where that cannot be noted it
  /// throws, and they must not be shown.
  public void revealing(List<Held> keys, String actor) {
    database.write(handle -> {
      AuditLog.add(handle, clock.instant(), actor, Deeds.revealed(keys));
      return true;
    });
  }

  /// What other instances write, where the database has others.
  public Following following() {
    return following;
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
    database.behind().finish();
  }
}
