package io.onebalance.cli.database;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import java.io.PrintWriter;

/// Carries what is stored to another database and says what it did; returns how it ended ([Exit]).
@FunctionalInterface
public interface Moving {
  int move(Settings.Storage storage, Secret to, boolean resume, PrintWriter out);
}
