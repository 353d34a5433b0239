package io.onebalance;

import io.onebalance.cli.keys.Visiting;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.program.Program;
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
    try (var program = Program.start(loaded.settings(), key, clock, chance)) {
      var api = program.places().console();
      if (api.isEmpty()) {
        err.println(
            "console.enabled is false, and so is the key API: turn it on to look after keys");
        return Exit.WRONG_USAGE;
      }
      return work.with(new Remote(api.get(), key));
    } catch (CannotOpen | StoreTrouble trouble) {
      err.println(trouble.getMessage());
      return Exit.FAILED;
    }
  }
}
