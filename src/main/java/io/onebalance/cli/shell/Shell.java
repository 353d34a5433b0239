package io.onebalance.cli.shell;

import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.read.SettingsReader;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a verb finds around it: the working directory, the environment, what is typed or piped in,
/// where to print, the clock, chance good enough for secrets, and who vets the providers of the
/// settings.
public record Shell(
    Path directory,
    Map<String, String> environment,
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    InstantSource clock,
    RandomGenerator chance,
    Vet vet) {
  public Shell {
    environment = Map.copyOf(environment);
  }

  /// With nothing to read, and a clock that stands.
  public Shell(
      Path directory,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err,
      RandomGenerator chance,
      Vet vet) {
    this(
        directory,
        environment,
        InputStream.nullInputStream(),
        out,
        err,
        () -> Instant.EPOCH,
        chance,
        vet);
  }

  public SettingsReader reader(Optional<String> config) {
    return new SettingsReader(new Whereabouts(directory, environment, config), vet);
  }

  /// The same in another folder, with this environment and no other.
  public Shell at(Path folder, Map<String, String> now) {
    return new Shell(folder, now, in, out, err, clock, chance, vet);
  }

  /// The environment may hold secrets, so it is not printed.
  @Override
  public String toString() {
    return directory.toString();
  }
}
