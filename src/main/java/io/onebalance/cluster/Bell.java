package io.onebalance.cluster;

import io.onebalance.store.postgres.PostgresUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rings when another instance wrote something: a connection of its own that listens. While it
/// cannot, it rings by itself, so that nobody hangs on a message that may be lost. For one thread,
/// but for [#close].
final class Bell implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Bell.class);
  private static final int CHECK_SECONDS = 2;

  private final Optional<PostgresUrl> url;
  private final Duration atLeast;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection listening;

  /// Rings at least this often; without an address, only then.
  Bell(Optional<PostgresUrl> url, Duration atLeast) {
    this.url = url;
    this.atLeast = atLeast;
  }

  /// Waits for the next ring; false where there will be none.
  boolean next() throws InterruptedException {
    if (url.isEmpty() || !heard(url.get())) {
      closed.await(atLeast.toMillis(), TimeUnit.MILLISECONDS);
    }
    return closed.getCount() > 0;
  }

  /// Whether it waited on the connection.
  private boolean heard(PostgresUrl where) {
    try {
      var connection = listening;
      if (connection == null) {
        listening = listening(where);
        return true; // what was written while nobody listened
      }
      var rung = connection.unwrap(PGConnection.class).getNotifications((int) atLeast.toMillis());
      if (rung.length == 0 && !connection.isValid(CHECK_SECONDS)) {
        throw new SQLException("the connection is dead");
      }
      return true;
    } catch (SQLException trouble) {
      if (listening != null) {
        log.info("not listening to {} any more: {}", where.place(), trouble.getMessage());
      }
      hangUp();
      return false;
    }
  }

  private static Connection listening(PostgresUrl where) throws SQLException {
    var connection = where.source().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN one_balance");
    }
    return connection;
  }

  private void hangUp() {
    var connection = listening;
    listening = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        log.debug("it was closed already", gone);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    hangUp();
  }
}
