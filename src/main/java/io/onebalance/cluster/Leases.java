package io.onebalance.cluster;

import io.onebalance.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// Jobs that one instance at a time runs. Who has a job keeps it while it says so; the clock that
/// counts is the server's. Each holder has a higher number than the one before: an instance that
/// stood still for too long finds that its number is no longer the last, and stops. Thread-safe.
public final class Leases {
  /// How long nobody has a job whose holder was killed, at most.
  public static final Duration LONGEST = Duration.ofSeconds(20);

  private static final String TAKE =
      """
      INSERT INTO leases (job, holder, until, fence)
      VALUES (:job, :me, now() + make_interval(secs => :seconds), 1)
      ON CONFLICT (job) DO UPDATE SET holder = :me, until = excluded.until,
        fence = leases.fence + CASE WHEN leases.holder = :me THEN 0 ELSE 1 END
      WHERE leases.holder = :me OR leases.until < now()
      RETURNING fence, EXTRACT(EPOCH FROM done)::BIGINT AS done\
      """;

  private static final String FIRST =
      """
      INSERT INTO leases (job, holder, until, fence, done)
      VALUES (:said, :me, now(), 1, to_timestamp(:at))
      ON CONFLICT (job) DO UPDATE SET holder = :me, until = now(), done = excluded.done,
        fence = leases.fence + 1
      WHERE leases.done NOT BETWEEN excluded.done - make_interval(secs => :within)
        AND excluded.done + make_interval(secs => :within)\
      """;

  /// What a holder knows: its number, and up to when the job was done.
  public record Held(long fence, Optional<Instant> done) {}

  private final Database database;
  private final String me;
  private final Map<String, Long> mine = new ConcurrentHashMap<>();

  Leases(Database database) {
    this.database = database;
    this.me = database.engine().instance();
  }

  /// Takes the job, or keeps it; empty where another instance has it. Throws
  /// [io.onebalance.store.StoreTrouble].
  public Optional<Held> take(String job) {
    var held = database.write(handle -> take(handle, job));
    held.ifPresentOrElse(lease -> mine.put(job, lease.fence), () -> mine.remove(job));
    return held;
  }

  private Optional<Held> take(Handle handle, String job) {
    return handle
        .createQuery(TAKE)
        .bind("job", job)
        .bind("me", me)
        .bind("seconds", (double) LONGEST.toSeconds())
        .map((row, _) -> {
          var done = row.getLong("done");
          var known = !row.wasNull();
          return new Held(
              row.getLong("fence"),
              known ? Optional.of(Instant.ofEpochSecond(done)) : Optional.empty());
        })
        .findOne();
  }

  /// Keeps what is held.
  void keep() {
    mine.keySet().forEach(this::take);
  }

  /// The job was done up to this moment; false where somebody else has it by now.
  public boolean done(String job, long fence, Instant upTo) {
    return database.write(handle ->
        handle
            .createUpdate(
                "UPDATE leases SET done = to_timestamp(:at) WHERE job = :job AND holder = :me"
                    + " AND fence = :fence")
            .bind("at", (double) upTo.getEpochSecond())
            .bind("job", job)
            .bind("me", me)
            .bind("fence", fence)
            .execute())
        == 1;
  }

  /// Whether nobody said this within so long before or after that moment; then this instance does,
  /// and no other will. It is no job that anybody keeps. Throws [io.onebalance.store.StoreTrouble].
  public boolean isFirst(String said, Instant at, Duration within) {
    return database.write(handle ->
        handle
            .createUpdate(FIRST)
            .bind("said", said)
            .bind("me", me)
            .bind("at", (double) at.getEpochSecond())
            .bind("within", (double) within.toSeconds())
            .execute())
        == 1;
  }

  /// Gives all back, for those who go on.
  void giveBack() {
    database.write(
        handle -> handle.execute("UPDATE leases SET until = now() WHERE holder = ?", me));
    mine.clear();
  }
}
