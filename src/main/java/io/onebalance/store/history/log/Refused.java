package io.onebalance.store.history.log;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/// The database did not take what was written past JDBI, for speed; told like its own troubles.
public final class Refused extends JdbiException {
  private static final long serialVersionUID = 1;

  public Refused(SQLException trouble) {
    super(trouble);
  }
}
