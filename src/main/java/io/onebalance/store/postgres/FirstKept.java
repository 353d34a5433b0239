package io.onebalance.store.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A source whose first connection is there already, because something was looked at over it. To
/// make another costs a start several answers of the server, and the server a process. Thread-safe.
final class FirstKept implements DataSource, AutoCloseable {
  private final DataSource source;
  private final AtomicReference<@Nullable Connection> kept;

  FirstKept(DataSource source, Connection kept) {
    this.source = source;
    this.kept = new AtomicReference<@Nullable Connection>(kept);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var first = kept.getAndSet(null);
    return first == null ? source.getConnection() : first;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }

  /// Where nobody took it.
  @Override
  public void close() throws SQLException {
    var left = kept.getAndSet(null);
    if (left != null) {
      left.close();
    }
  }
}
