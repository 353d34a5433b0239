package io.onebalance.store.standing;

import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.engine.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Standings of keys that several instances learn of: what each row said last, and how rows and
/// pools are brought together. To be used by one thread at a time, but for what rows say.
public final class SharedStandings {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SELECT =
      "SELECT id, status, reason, since, set_aside, model_coolings, total_cooling_seconds,"
          + " latency_ms, success_rate, consecutive_failures, last_checked_at, last_succeeded_at"
          + " FROM keys WHERE ";

  private final StandingWriter standings;
  private final InstantSource clock;

  /// Without an entry: as a key that is new.
  private final Map<String, Standing> said = new HashMap<>();

  private Map<String, ThreeWay> beingWritten = Map.of();

  SharedStandings(StandingWriter standings, InstantSource clock) {
    this.standings = standings;
    this.clock = clock;
  }

  private record Row(String id, Standing standing) {}

  /// What has to be written of these keys. The rows stay as they are read until the transaction
  /// ends: who writes has its turn.
  Map<String, Standing> merged(Handle handle, Map<String, Standing> mine) {
    var now = clock.instant();
    var ways = new LinkedHashMap<String, ThreeWay>();
    for (var row : rows(handle, mine.keySet())) {
      var known = mine.getOrDefault(row.id, Standing.NEW);
      ways.put(row.id, new ThreeWay(before(row.id), known, row.standing, now));
    }
    beingWritten = ways;
    var merged = new LinkedHashMap<String, Standing>();
    ways.forEach((id, way) -> merged.put(id, way.merged()));
    return merged;
  }

  private static List<Row> rows(Handle handle, Set<String> ids) {
    return handle
        .createQuery(SELECT + Dialect.of(handle).among("id", "ids"))
        .bind("ids", JSON.writeValueAsString(ids))
        .map((row, _) -> new Row(row.getString("id"), Standings.read(row)))
        .list();
  }

  /// What was merged is on the disk: the pools follow. What was learnt since it was merged is
  /// marked, and stays as it is known here.
  void written(Instant now) {
    beingWritten.forEach((id, way) -> wrote(id, way.mine(), way.merged(), now));
    beingWritten = Map.of();
  }

  /// The row says this now, by what was known here when it was `seen`. What was learnt since stays.
  public void wrote(String id, Standing seen, Standing row, Instant now) {
    adopt(id, mine -> new ThreeWay(seen, mine, row, now), now);
    says(id, row);
  }

  /// What is known here of a key and what its row says by now, brought together; nothing follows.
  public Standing together(String id, Standing mine, Standing row, Instant now) {
    return new ThreeWay(before(id), mine, row, now).merged();
  }

  /// The row says this now. What is known here and not there will be written.
  public void read(String id, Standing row, Instant now) {
    var before = before(id);
    var way = adopt(id, mine -> new ThreeWay(before, mine, row, now), now);
    way.ifPresent(_ -> says(id, row));
    way.filter(it -> it.isNewsTo(row)).ifPresent(_ -> standings.mark(id));
  }

  /// Brings a pool and a row together while nothing else is learnt of the key.
  private Optional<ThreeWay> adopt(String id, Function<Standing, ThreeWay> ways, Instant now) {
    var found = new AtomicReference<@Nullable ThreeWay>();
    standings
        .pool(id)
        .ifPresent(pool ->
            pool.adopt(
                id,
                mine -> {
                  var way = ways.apply(mine);
                  found.set(way);
                  return way.isNewsTo(mine) ? way.merged() : mine;
                },
                now));
    return Optional.ofNullable(found.get());
  }

  /// Takes note of what a row says.
  public synchronized void says(String id, Standing row) {
    if (row.state().equals(Standing.NEW.state()) && row.coolings().isEmpty()) {
      said.remove(id);
    } else {
      said.put(id, row);
    }
  }

  /// The row was edited here: what else is known of it stays.
  public void saysState(String id, State state) {
    var known = before(id);
    says(id, new Standing(state, known.coolings(), known.totalCooling(), known.health()));
  }

  public void saysNoRest(String id) {
    var known = before(id);
    says(id, new Standing(known.state(), Map.of(), known.totalCooling(), known.health()));
  }

  private synchronized Standing before(String id) {
    return said.getOrDefault(id, Standing.NEW);
  }

  synchronized void forget(String id) {
    said.remove(id);
  }
}
