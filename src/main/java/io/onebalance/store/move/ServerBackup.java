package io.onebalance.store.move;

import io.onebalance.files.PrivateFiles;
import io.onebalance.secret.Secret;
import io.onebalance.store.Database;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.file.Backup;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.file.Schema;
import io.onebalance.store.history.Marks;
import io.onebalance.store.postgres.PostgresEngine;
import io.onebalance.store.postgres.PostgresUrl;
import io.onebalance.store.vault.Wrapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A copy of a server's database in a file, taken while instances use it, and the way back. The
/// file is the same as a copy of a file's database: either can be put back onto either. Throws
/// [CannotOpen] with a sentence that helps.
///
/// @param url of the server's database
/// @param dataDir where what is replaced is kept
public record ServerBackup(Secret url, Path dataDir, InstantSource clock) {
  /// What only instances that serve have to say to each other goes, too. Until all has arrived the
  /// vault says what goes on, so that no instance that is started meanwhile serves from it.
  private static final String NOTHING_LEFT =
      """
      TRUNCATE gateway_keys, gateway_key_ends, keys, learnt_limits, audit, resources, series,
        asked_keys, requests, usage, key_usage, vault, ledger_mark, spendings, uses, gone;
      UPDATE audit_last SET seq = 0;
      INSERT INTO vault (id, wrapped) VALUES (1, '%s')\
      """
          .formatted(Wrapped.BeingRestored.WORD);

  /// What is read of a server.
  @FunctionalInterface
  private interface Reading {
    List<Carried> from(Handle server);
  }

  /// Copies what is committed at one moment, compares the copy, and only then gives it its name;
  /// one that is there is not replaced. A database into which a copy is being put is refused:
  /// nobody could open what is copied of it.
  public Backup.Held take(Path copy) {
    if (Files.exists(copy)) {
      throw new CannotOpen(copy + " is there already and was left as it is");
    }
    return inFolder(
        copy.toAbsolutePath().resolveSibling(""),
        folder -> {
          try (var draft = Database.open(folder, "sqlite:{data}/draft.db", clock)) {
            atOneMoment(server -> {
              var carriage = new Carriage(Carriage.Source.on(server), draft);
              return carriage.carry(() -> Marks.keep(server, draft, instance()));
            });
          }
          return Backup.take(folder.resolve("draft.db"), copy);
        });
  }

  private void atOneMoment(Reading reading) {
    var server = PostgresUrl.parse(url.reveal());
    try {
      Dialect.POSTGRESQL
          .spokenBy(Jdbi.create(server.source()))
          .inTransaction(handle -> {
            Dialect.POSTGRESQL.atOneMoment(handle);
            refuseOtherSchema(handle);
            Wrapped.in(handle).ifPresent(Wrapped::whole);
            return reading.from(handle);
          });
    } catch (JdbiException | Broken | StoreTrouble trouble) {
      throw new CannotOpen(server.place() + " could not be copied: " + words(trouble), trouble);
    }
  }

  /// A copy is made by the program that made the tables: it knows them all.
  private static void refuseOtherSchema(Handle server) {
    var version =
        server
            .createQuery(
                "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")
            .mapTo(Integer.class)
            .one();
    if (version != Schema.CURRENT.newest()) {
      throw new CannotOpen(
          "the database has schema %d, and this program copies schema %d: use the program that serves"
              .formatted(version, Schema.CURRENT.newest()));
    }
  }

  /// The driver's own: what a library adds may hold values.
  private static String words(Throwable trouble) {
    for (@Nullable Throwable t = trouble; t != null; t = t.getCause()) {
      if (t instanceof SQLException) {
        return String.valueOf(t.getMessage());
      }
    }
    return String.valueOf(trouble.getMessage());
  }

  /// Brings a copy to the server's database, from which no instance may serve. Where that holds
  /// something, this is refused, or `replace`s it: then what was there is kept as a file, which is
  /// given. `master` is told the wrapped key of the copy, where it has keys, and throws where it
  /// does not fit.
  public Optional<Path> restore(Path copy, boolean replace, Consumer<Secret> master) {
    Backup.check(copy, master);
    return inFolder(
        dataDir,
        folder -> {
          var file = folder.resolve("copy.db");
          Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
          PrivateFiles.makeFile(file); // the copy may have been open to others
          try (var from = Database.open(folder, "sqlite:{data}/copy.db", clock);
              var to = Database.open(folder, url.reveal(), clock)) {
            return restore(from, to, replace);
          } catch (Broken | StoreTrouble trouble) {
            throw new CannotOpen(copy + " could not be restored: " + words(trouble), trouble);
          }
        });
  }

  private Optional<Path> restore(Database from, Database to, boolean replace) {
    Move.refuseServed(to);
    var carriage = new Carriage(from::walk, to);
    var isEmpty = carriage.isTargetEmpty() || isBroken(to);
    if (!isEmpty && !replace) {
      throw new CannotOpen(
          "the database is not empty: --replace puts the copy in its place, and keeps what is there"
              + " as a file");
    }
    var kept = isEmpty ? Optional.<Path>empty() : Optional.of(kept());
    try {
      to.write(handle -> handle.createScript(NOTHING_LEFT).execute());
      carriage.carry(() -> Marks.putBack(from, to, instance()));
      return kept;
    } catch (Broken | StoreTrouble | CannotOpen trouble) {
      throw new CannotOpen(
          "the copy could not be restored, run it again: "
              + words(trouble)
              + kept.map(before -> ". What was there is kept as " + before).orElse(""),
          trouble);
    }
  }

  /// Whether a restore into it was broken off: what was there before that is kept already.
  private static boolean isBroken(Database database) {
    return database.read(Wrapped::in).filter(Wrapped.BeingRestored.class::isInstance).isPresent();
  }

  private String instance() {
    return PostgresEngine.instanceIn(dataDir);
  }

  private Path kept() {
    var path = dataDir.resolve(Backup.nameBeforeRestore(clock.instant()));
    take(path);
    return path;
  }

  /// What is done in a folder that is gone afterwards.
  @FunctionalInterface
  private interface Work<T> {
    T in(Path folder) throws IOException;
  }

  private static <T> T inFolder(Path parent, Work<T> work) {
    try {
      PrivateFiles.makeDirectory(parent);
      var folder = Files.createTempDirectory(parent, "one-balance-copy");
      try {
        return work.in(folder);
      } finally {
        remove(folder);
      }
    } catch (IOException trouble) {
      throw new CannotOpen("the folder " + parent + " cannot be used: " + trouble, trouble);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (var found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : all) {
      Files.deleteIfExists(path);
    }
  }
}
