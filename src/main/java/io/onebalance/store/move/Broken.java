package io.onebalance.store.move;

import java.sql.SQLException;

/// Thrown where SQL is not understood, or a connection ends in the middle.
final class Broken extends IllegalStateException {
  private static final long serialVersionUID = 1;

  Broken(SQLException trouble) {
    super(trouble.getMessage(), trouble);
  }
}
