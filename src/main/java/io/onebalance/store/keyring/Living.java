package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Counts;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.store.Database;
import io.onebalance.store.keyring.KeyTable.Name;
import io.onebalance.store.keyring.KeyTable.Row;
import io.onebalance.store.keyring.Keyring.Held;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.standing.LearntLimits;
import io.onebalance.store.standing.StandingWriter;
import io.onebalance.store.standing.Standings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stored keys as they live in the pools, and those that may not live because their row is
/// damaged. Thread-safe.
final class Living {
  private static final Logger log = LoggerFactory.getLogger(Living.class);

  private final Pools pools;
  private final InstantSource clock;
  private final StandingWriter standings;

  /// The providers that have, or had, keys.
  private final Set<String> providers = ConcurrentHashMap.newKeySet();

  /// The provider of each damaged row, by its id.
  private final Map<String, String> damaged = new ConcurrentHashMap<>();

  Living(Database database, Pools pools, InstantSource clock) {
    this.pools = pools;
    this.clock = clock;
    this.standings = new StandingWriter(database.changes(), pools, clock);
    database.behind().add(standings);
  }

  /// The keys, and what was learnt of their limits before this start.
  void load(Database database, KeyTable table) {
    database.walk(handle -> {
      table.each(handle, this::enter);
      var now = clock.instant();
      LearntLimits.each(handle, (id, row) -> standings.recall(id, row, now));
      return true;
    });
    if (!damaged.isEmpty()) {
      disableDamaged(database);
    }
  }

  private void enter(Row row) {
    if (row.sound()) {
      enter(row.held().key(), row.held().standing(), clock.instant());
    } else {
      damaged.put(row.held().key().id(), row.held().key().provider());
    }
  }

  private void disableDamaged(Database database) {
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

  boolean isDamaged(String id) {
    return damaged.containsKey(id);
  }

  Pool pool(Name name) {
    return pools.of(name.provider());
  }

  void enter(ApiKey key, Standing standing, Instant now) {
    providers.add(key.provider());
    standings.knows(key.id(), key.provider());
    standings.shared().says(key.id(), standing);
    pools.of(key.provider()).put(key, standing, now);
  }

  /// An import wrote the row of a key that is here.
  void follow(Arrivals.Change change, Instant now) {
    var key = change.key();
    if (standings.knows(key.id())) {
      edit(key);
      standings.shared().wrote(key.id(), change.seen(), change.to(), now);
    } else {
      enter(key, change.to(), now);
    }
  }

  /// Another instance wrote this row.
  void follow(Row row, Instant now) {
    var key = row.held().key();
    if (!row.sound()) {
      follow(key.id());
      enter(row);
    } else if (!standings.knows(key.id())) {
      damaged.remove(key.id());
      enter(row);
    } else {
      pools.of(key.provider()).edit(key);
      standings.shared().read(key.id(), row.held().standing(), now);
    }
  }

  /// Another instance deleted this one, or nobody can use it any more.
  void follow(String goneId) {
    var here = standings.pool(goneId);
    here.ifPresent(pool -> pool.remove(goneId));
    damaged.remove(goneId);
    standings.forgets(goneId);
  }

  /// Another instance learnt this of a key's limits.
  void follow(String id, LearntLimits.Row limits) {
    standings.follow(id, limits);
  }

  void leave(Name name) {
    damaged.remove(name.id());
    standings.forgets(name.id());
    pool(name).remove(name.id());
  }

  void patch(Row row, Patch patch, Instant now) {
    if (row.sound()) {
      var key = row.held().key();
      edit(key);
      var name = new Name(key.id(), key.provider());
      patch.status().ifPresent(status -> status(name, status, now));
    }
  }

  private void edit(ApiKey key) {
    pools.of(key.provider()).edit(key);
    standings.mark(key.id()); // in another account it has other limits
  }

  private void status(Name name, String status, Instant now) {
    if (status.equals(Standings.BLOCKED)) {
      block(name, KeyTable.BY_HAND, now);
    } else {
      activate(name, now);
    }
  }

  /// The row says so already.
  void block(Name name, String reason, Instant now) {
    pool(name).block(name.id(), reason, now);
    standings.shared().saysState(name.id(), new State.Blocked(reason, now));
  }

  void activate(Name name, Instant now) {
    pool(name).activate(name.id(), now);
    standings.shared().saysState(name.id(), State.ACTIVE);
  }

  void reset(Name name, Instant now) {
    pool(name).reset(name.id(), now);
    standings.shared().saysNoRest(name.id());
  }

  /// A row with the state of this moment instead of the last written one.
  Held held(Row row, Instant now) {
    var held = row.held();
    return standings
        .live(held.key().id(), now)
        .map(standing -> new Held(held.key(), standing, held.updatedAt()))
        .orElse(held);
  }

  /// How a key stands with what another instance may have written into its row a moment ago.
  Standing together(Held mine, Row row, Instant now) {
    return standings
        .shared()
        .together(mine.key().id(), mine.standing(), row.held().standing(), now);
  }

  Map<String, Counts> counts(Instant now) {
    var counts = new TreeMap<String, Counts>();
    providers.forEach(p -> counts.put(p, pools.of(p).counts(now)));
    damaged.values().forEach(p -> counts.merge(p, new Counts(0, 0, 0, 1), Living::sum));
    counts.values().removeIf(count -> count.total() == 0);
    return counts;
  }

  private static Counts sum(Counts a, Counts b) {
    return new Counts(
        a.active() + b.active(),
        a.cooling() + b.cooling(),
        a.setAside() + b.setAside(),
        a.blocked() + b.blocked());
  }
}
