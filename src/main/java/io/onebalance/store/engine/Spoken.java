package io.onebalance.store.engine;

import org.jdbi.v3.core.config.JdbiConfig;

/// Which dialect a handle speaks, kept among JDBI's own settings. Public because JDBI makes it.
public final class Spoken implements JdbiConfig<Spoken> {
  private Dialect dialect = Dialect.SQLITE;

  public Spoken() {}

  private Spoken(Dialect dialect) {
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  void dialect(Dialect other) {
    dialect = other;
  }

  @Override
  public Spoken createCopy() {
    return new Spoken(dialect);
  }
}
