package io.onebalance.store.engine;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A database that was opened: brought to the newest schema, and this process's until it is closed.
public interface Engine extends AutoCloseable {
  Dialect dialect();

  /// The connections of those who write, of which there is one at a time.
  HikariConfig writer();

  /// The connections of those who only read.
  HikariConfig readers();

  /// What each transaction has to begin with that only reads, where nothing can be said to its
  /// session.
  Optional<String> beforeReading();

  /// Brings what was written to its place, beside those who write; else one of them would have to
  /// do it when it commits.
  void settle(Handle handle);

  /// Why nothing can be written any more, where that is certain without trying.
  Optional<String> gone();

  /// The name of this process among those that use the database, the same after a restart.
  String instance();

  /// A file of this process, apart from the database and named after it.
  Path beside(String suffix);

  /// Frees what keeps others off; the connections are closed before.
  @Override
  void close();
}
