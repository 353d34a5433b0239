package io.onebalance;

import io.onebalance.cli.keys.Visiting;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.WrongUsage;
import io.onebalance.program.Program;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Loaded;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.file.CannotOpen;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Starts the program for a moment, on a port that nobody knows, with a key that nobody has.
final class Visit implements Visiting {
  private final PrintWriter err;
  private final InstantSource clock;
  private final SecureRandom chance;

  Visit(PrintWriter err, InstantSource clock, SecureRandom chance) {
    this.err = err;
    this.clock = clock;
    this.chance = chance;
  }

  @Override
  public int visit(Loaded loaded, Work work) throws IOException {
    var key = loaded.settings().authKey().orElseThrow();
    try (var program = started(loaded, key)) {
      return work.with(new Remote(program.places().console().orElseThrow(), key));
    } catch (CannotOpen | StoreTrouble trouble) {
      err.println(trouble.getMessage());
      return Exit.FAILED;
    }
  }

  /// What is wrong with the settings is told as when they are read.
  private Program started(Loaded loaded, Secret key) throws IOException {
    try {
      return Program.start(loaded.settings().alone(), key, clock, chance);
    } catch (IllegalArgumentException wrong) {
      throw new WrongUsage(String.valueOf(wrong.getMessage()));
    }
  }
}
