package io.onebalance.cli.keys;

import io.onebalance.cli.shell.Remote;
import io.onebalance.settings.Loaded;
import java.io.IOException;

/// Opens the database of these settings for as long as something is done with it over the key API,
/// which only this program can reach meanwhile.
@FunctionalInterface
public interface Visiting {
  /// Gives what the work gives, or says how it failed ([Exit]) where the database cannot be opened.
  int visit(Loaded loaded, Work work) throws IOException;

  /// What is done.
  @FunctionalInterface
  interface Work {
    int with(Remote server) throws IOException;
  }
}
