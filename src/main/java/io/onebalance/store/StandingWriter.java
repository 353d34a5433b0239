package io.onebalance.store;

import io.onebalance.key.Pools;
import io.onebalance.key.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// What was learnt of keys, on its way to their rows: of each key that changed only the newest
/// standing is written. It touches no column that people edit.
final class StandingWriter implements WriteBehind.Source {
  private static final int BATCH = 5_000;
  private static final String UPDATE =
      "UPDATE keys SET " + Standings.SET + ", updated_at = :now WHERE id = :id";

  private final Changes changes;
  private final Pools pools;
  private final InstantSource clock;
  private final Map<String, String> providers = new ConcurrentHashMap<>();

  StandingWriter(Changes changes, Pools pools, InstantSource clock) {
    this.changes = changes;
    this.pools = pools;
    this.clock = clock;
  }

  /// Says where a key lives; a change of one that lives nowhere is of no interest.
  void knows(String keyId, String provider) {
    providers.put(keyId, provider);
  }

  void forgets(String keyId) {
    providers.remove(keyId);
  }

  /// The standing of a key as it is now, not as it was last written.
  Optional<Standing> live(String keyId, Instant now) {
    return Optional.ofNullable(providers.get(keyId))
        .flatMap(pools::known)
        .flatMap(pool -> pool.standing(keyId, now));
  }

  @Override
  public Optional<WriteBehind.Batch> next() {
    if (changes.none()) {
      return Optional.empty();
    }
    var ids = changes.take(BATCH);
    return Optional.of(
        new WriteBehind.Batch(
            ids.size(), handle -> write(handle, ids), () -> changes.giveBack(ids)));
  }

  private void write(Handle handle, List<String> ids) {
    var now = clock.instant();
    try (var batch = handle.prepareBatch(UPDATE)) {
      for (var id : ids) {
        live(id, now)
            .ifPresent(standing ->
                batch
                    .bindMap(Standings.columns(standing))
                    .bind("now", now.getEpochSecond())
                    .bind("id", id)
                    .add());
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }
}
