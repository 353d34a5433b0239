package io.onebalance.cli;

import io.onebalance.settings.Loaded;
import io.onebalance.settings.read.SettingsReader;

/// Serves until it is told to stop, and says how it ended ([Exit]). The reader is for reading the
/// settings again.
@FunctionalInterface
public interface Serving {
  int serve(SettingsReader reader, Loaded loaded);
}
