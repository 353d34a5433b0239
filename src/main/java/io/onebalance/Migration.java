package io.onebalance;

import io.onebalance.cli.database.Moving;
import io.onebalance.cli.shell.Exit;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.Database;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.move.Move;
import io.onebalance.store.postgres.PostgresEngine;
import java.io.PrintWriter;
import java.time.InstantSource;

/// `migrate`: opens both databases as a server would, so that none can run meanwhile.
final class Migration implements Moving {
  /// Where the other database is opened from, as another instance would.
  private static final String BESIDE = "migration";

  private final PrintWriter err;
  private final InstantSource clock;

  Migration(PrintWriter err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  /// `{data}` stands for the data directory there too.
  private static String inside(Settings.Storage storage, Secret to) {
    return to.reveal().replace("{data}", storage.dataDir().toAbsolutePath().toString());
  }

  @Override
  public int move(Settings.Storage storage, Secret to, boolean resume, PrintWriter out) {
    try (var here = Database.open(storage.dataDir(), storage.database(), clock);
        var there = Database.open(storage.dataDir().resolve(BESIDE), inside(storage, to), clock)) {
      for (var carried :
          new Move(here, there, PostgresEngine.instanceIn(storage.dataDir())).run(resume)) {
        out.printf("%-16s %,12d rows, the same in both%n", carried.table(), carried.rows());
      }
      out.println("Done. Set DATABASE_URL to the new database; the master key stays the same.");
      return Exit.DONE;
    } catch (CannotOpen | StoreTrouble trouble) {
      err.println(trouble.getMessage());
      return Exit.FAILED;
    }
  }
}
