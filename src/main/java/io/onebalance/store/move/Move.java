package io.onebalance.store.move;

import io.onebalance.store.Database;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.history.Marks;
import io.onebalance.store.vault.Wrapped;
import java.util.List;
import java.util.Optional;

/// Carries all that is stored from one database to another, and compares both. Stopped in between,
/// it goes on behind the last row that arrived. Nobody may serve from either meanwhile.
public final class Move {
  private final Database from;
  private final Database to;
  private final String local;

  /// `local` is the name of the process that used the one and is going to use the other, and that
  /// has the journal.
  public Move(Database from, Database to, String local) {
    this.from = from;
    this.to = to;
    this.local = local;
  }

  /// Throws [CannotOpen] where a server still uses one of the two, where the target holds something
  /// and this is not to go on with an earlier move, and where the two differ afterwards.
  public List<Carried> run(boolean goOn) {
    refuseServed(from);
    refuseServed(to);
    var carriage = new Carriage(from::walk, to);
    refuseFull(carriage, goOn);
    return carriage.carry(() -> Marks.carry(from, to, local));
  }

  static void refuseServed(Database database) {
    var served =
        switch (database.engine().dialect()) {
          case SQLITE -> false; // its lock file keeps servers off
          case POSTGRESQL ->
              database.read(handle ->
                  handle
                      .createQuery(
                          "SELECT EXISTS (SELECT 1 FROM instances WHERE heard > now() - INTERVAL"
                              + " '10 seconds')")
                      .mapTo(Boolean.class)
                      .one());
        };
    if (served) {
      throw new CannotOpen("an instance serves from this database: stop all instances first");
    }
  }

  private void refuseFull(Carriage carriage, boolean goOn) {
    var ours = wrapped(from);
    var theirs = wrapped(to);
    if (theirs.isPresent() && !theirs.equals(ours)) {
      throw new CannotOpen("the target holds keys of its own: give an empty database");
    }
    if (!goOn && !carriage.isTargetEmpty()) {
      throw new CannotOpen(
          "the target is not empty: give an empty database, or --resume to go on with a move that"
              + " was stopped");
    }
  }

  private static Optional<Wrapped.Sealed> wrapped(Database database) {
    return database.read(Wrapped::in).map(Wrapped::whole);
  }
}
