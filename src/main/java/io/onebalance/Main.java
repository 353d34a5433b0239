package io.onebalance;

import io.onebalance.cli.Powers;
import io.onebalance.cli.Serve;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.ledger.price.Prices;
import io.onebalance.provider.Catalogue;
import io.onebalance.settings.Vet;
import io.onebalance.store.postgres.PostgresUrl;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/// Starts One Balance. The only place that reads the clock, the environment and the working
/// directory.
final class Main {
  private Main() {}

  static void main(String[] arguments) {
    System.exit(run(Clock.systemUTC(), arguments));
  }

  /// By this clock.
  static int run(InstantSource clock, String... arguments) {
    Thread.ofPlatform().daemon().start(Main::readData); // while the settings are read
    var chance = new SecureRandom();
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var shell =
        new Shell(
            Path.of("").toAbsolutePath(),
            System.getenv(),
            System.in,
            out,
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            clock,
            chance,
            new Vet(
                provider -> Catalogue.builtIn().with(provider),
                price -> Prices.builtIn().with(price),
                PostgresUrl::check));
    var server = new Server(out, shell.err(), clock, chance);
    var powers =
        new Powers(
            server,
            new Rehearsal(shell.err(), clock, chance),
            new Visit(shell.err(), clock, chance),
            new Migration(shell.err(), clock),
            new VirtualDays(System::nanoTime));
    return new Serve(shell, server)
        .unparsed(arguments)
        .orElseGet(() -> new Verbs(shell, version(), powers).run(arguments));
  }

  /// What comes with the program is read once.
  private static void readData() {
    Catalogue.builtIn();
    Prices.builtIn();
  }

  /// The version that the jar was built as.
  private static String version() {
    var version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
