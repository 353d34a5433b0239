package io.onebalance.cluster;

import io.onebalance.store.Database;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.postgres.PostgresEngine;
import io.onebalance.store.postgres.PostgresUrl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This instance among those that use the same server: it tells that it lives, looks at once when
/// another one wrote something, and about every second in any case. While the server is away it
/// goes on trying; what was missed meanwhile is read afterwards. Thread-safe.
public final class Cluster implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);

  /// Well within the second in which others have to know, also where every message is lost.
  public static final Duration POLL = Duration.ofMillis(500);

  private static final int BEAT_SECONDS = 2;
  private static final String TIDYING = "tidying";

  /// About once a minute, and not at once: an instance that starts has better to do.
  private static final int BEATS_OF_TIDYING = 30;

  /// What was told of one quarter of an hour, and more than one ago, becomes one row for each
  /// gateway key, with the last number. An instance that was cut off for days finds it; one that
  /// was cut off within such a quarter counts that one again, which meets a budget early.
  private static final String FOLD_SPENDINGS =
      """
      WITH old AS (
        DELETE FROM spendings USING (
          SELECT EXTRACT(EPOCH FROM now())::BIGINT / 900 * 900 AS quarter) AS quarters
        WHERE told_at >= quarter - 8100 AND told_at < quarter - 3600 RETURNING spendings.*)
      INSERT INTO spendings (seq, instance, gateway_key, began, nanos, tokens, told_at)
      SELECT MAX(seq), instance, gateway_key, began, SUM(nanos), SUM(tokens), MAX(told_at)
      FROM old GROUP BY instance, gateway_key, began, told_at / 900\
      """;

  /// What nobody needs any more: instances gone for a day, and what all have read long ago.
  private static final List<String> TIDY =
      List.of(
          "DELETE FROM instances WHERE heard < now() - INTERVAL '1 day'",
          FOLD_SPENDINGS,
          "DELETE FROM leases WHERE until < now() - INTERVAL '1 day' AND job LIKE 'alert: %'",
          "DELETE FROM spendings WHERE told_at < EXTRACT(EPOCH FROM now()) - 32 * 86400",
          "DELETE FROM uses WHERE told_at < now() - INTERVAL '2 minutes'",
          "DELETE FROM gone WHERE at < EXTRACT(EPOCH FROM now()) - 7 * 86400");

  private final Database database;
  private final Leases leases;
  private final Bell bell;
  private final Runnable look;
  private final Thread news;
  private long beaten;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private Cluster(Database database, PostgresUrl url, Runnable look) {
    this.database = database;
    this.leases = new Leases(database);
    this.bell = new Bell(url.direct(), POLL);
    this.look = look;
    this.news = Thread.ofPlatform().daemon().name("cluster-news").unstarted(this::follow);
  }

  /// Joins the others; empty where the database is a file, which has no others. `look` reads what
  /// they wrote, and may throw [StoreTrouble].
  public static Optional<Cluster> of(Database database, Runnable look) {
    return database.engine() instanceof PostgresEngine server
        ? Optional.of(new Cluster(database, server.url(), look))
        : Optional.empty();
  }

  /// Begins to tell and to look.
  public void begin() {
    beats.scheduleWithFixedDelay(this::beat, 0, BEAT_SECONDS, TimeUnit.SECONDS);
    news.start();
  }

  public Leases leases() {
    return leases;
  }

  private void follow() {
    try {
      while (bell.next()) {
        lookAnyhow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whoever tells that it lives finds out that the server is back.
  private void lookAnyhow() {
    if (database.trouble().isPresent()) {
      return;
    }
    try {
      look.run();
    } catch (StoreTrouble away) {
      log.debug("what others wrote cannot be read now", away);
    } catch (RuntimeException broken) {
      log.error("what others wrote could not be taken over", broken);
    }
  }

  private void beat() {
    try {
      database.write(handle ->
          handle.execute(
              "INSERT INTO instances (id, process) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET"
                  + " process = excluded.process, heard = now()",
              database.engine().instance(),
              ProcessHandle.current().pid()));
      leases.keep();
      if (++beaten % BEATS_OF_TIDYING == 0 && leases.take(TIDYING).isPresent()) {
        tidy();
      }
    } catch (StoreTrouble away) {
      log.debug("the server does not hear that this instance lives", away);
    } catch (RuntimeException broken) {
      log.error("the beat of this instance broke", broken);
    }
  }

  void tidy() {
    TIDY.forEach(this::tidy);
  }

  /// What one table refuses keeps no other from being tidied.
  private void tidy(String sql) {
    try {
      database.write(handle -> handle.execute(sql));
    } catch (StoreTrouble trouble) {
      log.warn("what nobody needs any more stays in the database: {}", trouble.getMessage());
    }
  }

  /// Leaves: others may take its jobs at once.
  @Override
  public void close() {
    bell.close();
    news.interrupt();
    beats.shutdownNow();
    try {
      leases.giveBack();
      database.write(handle ->
          handle.execute("DELETE FROM instances WHERE id = ?", database.engine().instance()));
    } catch (StoreTrouble away) {
      log.debug("the others find out by themselves", away);
    }
  }
}
