package io.onebalance.store.standing;

import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.store.Changes;
import io.onebalance.store.WriteBehind;
import io.onebalance.store.engine.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;

/// What was learnt of keys, on its way to their rows: of each key that changed only the newest
/// standing is written, and what is known of its limits where that is news. It touches no column
/// that people edit.
public final class StandingWriter implements WriteBehind.Source {
  private static final int BATCH = 5_000;
  private static final String UPDATE =
      "UPDATE keys SET " + Standings.SET + ", updated_at = :now WHERE id = :id";

  private final Changes changes;
  private final Pools pools;
  private final InstantSource clock;
  private final Map<String, String> providers = new ConcurrentHashMap<>();
  private final Queue<String> gone = new ConcurrentLinkedQueue<>();
  private final SharedStandings shared;
  private final LearntLimits limits = new LearntLimits();

  public StandingWriter(Changes changes, Pools pools, InstantSource clock) {
    this.changes = changes;
    this.pools = pools;
    this.clock = clock;
    this.shared = new SharedStandings(this, clock);
  }

  /// Says where a key lives; a change of one that lives nowhere is of no interest.
  public void knows(String keyId, String provider) {
    providers.put(keyId, provider);
  }

  public void forgets(String keyId) {
    providers.remove(keyId);
    shared.forget(keyId);
    gone.add(keyId);
  }

  public boolean knows(String keyId) {
    return providers.containsKey(keyId);
  }

  /// What rows said last, where other instances write them too.
  public SharedStandings shared() {
    return shared;
  }

  /// The pool that a key lives in.
  public Optional<Pool> pool(String keyId) {
    return Optional.ofNullable(providers.get(keyId)).flatMap(pools::known);
  }

  /// What was learnt of a key's limits before this start.
  public void recall(String keyId, LearntLimits.Row row, Instant now) {
    limits.hear(keyId, row);
    pool(keyId).ifPresent(pool -> pool.recall(keyId, row.limits(), row.at(), now));
  }

  /// A row about a key's limits, which another instance may have written.
  public void follow(String keyId, LearntLimits.Row row) {
    if (limits.hear(keyId, row)) {
      pool(keyId).ifPresent(pool -> pool.recall(keyId, row.limits(), row.at(), clock.instant()));
    }
  }

  /// This key has to be written.
  public void mark(String keyId) {
    changes.accept(keyId);
  }

  /// The standing of a key as it is now, not as it was last written.
  public Optional<Standing> live(String keyId, Instant now) {
    return Optional.ofNullable(providers.get(keyId))
        .flatMap(pools::known)
        .flatMap(pool -> pool.standing(keyId, now));
  }

  @Override
  public Optional<WriteBehind.Batch> next() {
    var ids = changes.take(BATCH).stream().filter(providers::containsKey).toList();
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WriteBehind.Batch(
            ids.size(),
            handle -> {
              write(handle, ids);
              limits.write(handle, learnt(ids), clock.instant());
            },
            () -> changes.giveBack(ids),
            this::written));
  }

  private void written() {
    shared.written(clock.instant());
    limits.written();
    for (var id = gone.poll(); id != null; id = gone.poll()) {
      limits.forget(id);
    }
  }

  private Map<String, List<Learnt>> learnt(List<String> ids) {
    var now = clock.instant();
    var learnt = new LinkedHashMap<String, List<Learnt>>();
    ids.forEach(id -> pool(id).ifPresent(pool -> learnt.put(id, pool.limits().learnt(id, now))));
    return learnt;
  }

  private void write(Handle handle, List<String> ids) {
    switch (Dialect.of(handle)) {
      case SQLITE -> write(handle, known(ids));
      case POSTGRESQL -> write(handle, shared.merged(handle, known(ids)));
    }
  }

  private Map<String, Standing> known(List<String> ids) {
    var now = clock.instant();
    var known = new LinkedHashMap<String, Standing>();
    ids.forEach(id -> live(id, now).ifPresent(standing -> known.put(id, standing)));
    return known;
  }

  private void write(Handle handle, Map<String, Standing> standings) {
    var now = clock.instant().getEpochSecond();
    try (var batch = handle.prepareBatch(UPDATE)) {
      standings.forEach((id, standing) ->
          batch.bindMap(Standings.columns(standing)).bind("now", now).bind("id", id).add());
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }
}
