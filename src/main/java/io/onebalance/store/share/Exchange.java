package io.onebalance.store.share;

import io.onebalance.store.Database;
import io.onebalance.store.WriteBehind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Tells the other instances what was used here of limits that all share, and hears what they used:
/// written with what is learnt, about twice a second, and read as often. So what counts at one
/// instance counts at all of them within about a second, while the server is there; what was used
/// while it was away is told afterwards, with its time.
///
/// Numbers are given in a turn that all who write take, so whoever follows them misses nothing.
public final class Exchange implements WriteBehind.Source {
  /// What waits to be told is no more than this: the oldest is left untold.
  private static final int MOST = 50_000;

  /// Who was heard of in this time may still listen.
  private static final String OTHERS =
      "SELECT EXISTS (SELECT 1 FROM instances WHERE id <> ? AND heard > now() - INTERVAL '1"
          + " minute')";

  /// Who knows what was used here, and counts what was used elsewhere.
  public interface Sides {
    /// What was used since this was asked last.
    Uses take();

    /// Another instance used this, at that time by our clock.
    void hear(Uses uses, Instant then);
  }

  private record Slice(Instant at, Uses uses) {}

  private record Told(long seq, Duration ago, Uses uses) {}

  private final Database database;
  private final Sides sides;
  private final InstantSource clock;
  private final Deque<Slice> waiting = new ArrayDeque<>();

  /// What was written before this process began is another's, also where it was its forerunner's.
  private final long before;

  private long seen;
  private volatile boolean hasOthers;

  private Exchange(Database database, Sides sides, InstantSource clock) {
    this.database = database;
    this.sides = sides;
    this.clock = clock;
    this.before =
        database.read(handle ->
            handle.createQuery("SELECT COALESCE(MAX(seq), 0) FROM uses").mapTo(Long.class).one());
  }

  /// Begins to tell.
  public static Exchange on(Database database, Sides sides, InstantSource clock) {
    var exchange = new Exchange(database, sides, clock);
    sides.take();
    database.behind().add(exchange);
    return exchange;
  }

  /// Its size is none: who waits until all is written does not wait for what is used meanwhile.
  @Override
  public Optional<WriteBehind.Batch> next() {
    var used = new Slice(clock.instant(), sides.take());
    if (!hasOthers) {
      waiting.clear();
      return Optional.empty();
    }
    if (!used.uses.isNothing()) {
      waiting.addLast(used);
    }
    bound();
    var told = List.copyOf(waiting);
    return told.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WriteBehind.Batch(
                0, handle -> write(handle, told), () -> {}, () -> waiting.removeAll(told)));
  }

  private void bound() {
    var size = waiting.stream().mapToInt(slice -> slice.uses.size()).sum();
    while (size > MOST) {
      size -= waiting.removeFirst().uses.size();
    }
  }

  private void write(Handle handle, List<Slice> told) {
    var now = clock.instant();
    var insert =
        "INSERT INTO uses (instance, used_at, told)"
            + " VALUES (?, now() - make_interval(secs => ?), ?)";
    try (var batch = handle.prepareBatch(insert)) {
      for (var slice : told) {
        var ago = Math.max(0, Duration.between(slice.at, now).toMillis()) / 1000.0;
        batch.add(database.engine().instance(), ago, slice.uses.text());
      }
      batch.execute();
    }
  }

  /// Hears what others used since it looked last. Throws [io.onebalance.store.StoreTrouble].
  public synchronized void catchUp() {
    hasOthers =
        database.read(handle ->
            handle
                .createQuery(OTHERS)
                .bind(0, database.engine().instance())
                .mapTo(Boolean.class)
                .one());
    var now = clock.instant();
    for (var told : database.read(this::news)) {
      sides.hear(told.uses, now.minus(told.ago));
      seen = told.seq;
    }
  }

  /// What is older than a minute counts for nothing any more, also where it was never tidied.
  private List<Told> news(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT seq, CAST(EXTRACT(EPOCH FROM now() - used_at) * 1000 AS BIGINT) AS ago, told
            FROM uses WHERE seq > :seen AND told_at > now() - INTERVAL '2 minutes'
              AND (instance <> :me OR seq <= :before) ORDER BY seq\
            """)
        .bind("seen", seen)
        .bind("me", database.engine().instance())
        .bind("before", before)
        .map((row, _) ->
            new Told(
                row.getLong("seq"),
                Duration.ofMillis(Math.max(0, row.getLong("ago"))),
                Uses.parse(row.getString("told"))))
        .list();
  }
}
