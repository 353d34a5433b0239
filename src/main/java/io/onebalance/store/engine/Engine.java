package io.onebalance.store.engine;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.util.Optional;

/// A database that was opened: brought to the newest schema, and this process's until it is closed.
public interface Engine extends AutoCloseable {
  Dialect dialect();

  /// The connections of those who write, of which there is one at a time.
  HikariConfig writer();

  /// The connections of those who only read.
  HikariConfig readers();

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
