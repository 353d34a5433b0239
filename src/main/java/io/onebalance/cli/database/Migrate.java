package io.onebalance.cli.database;

import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.cli.shell.WrongUsage;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.store.postgres.PostgresUrl;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `migrate`: carries all that is stored to another database.
public record Migrate(Shell shell, Moving moving) implements Verb {
  private static final String TO = "--to";
  private static final String RESUME = "--resume";

  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public String summary() {
    return "Carry all that is stored to another database, and compare both. No server may run.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        Remote.option(TO, "URL", "The other database: sqlite:FILE or postgresql://….").toBuilder()
            .required(true)
            .build());
    spec.addOption(
        OptionSpec.builder(RESUME)
            .description("Go on with a move that was stopped, behind the last row that arrived.")
            .build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings {
    var storage = shell.reader(config).read().settings().storage();
    var to = new Secret(given.matchedOptionValue(TO, ""));
    check(to.reveal());
    return moving.move(storage, to, given.hasMatchedOption(RESUME), shell.out());
  }

  private static void check(String to) {
    if (!PostgresUrl.is(to) && !to.matches("sqlite:.+")) {
      throw new WrongUsage(TO + " has to be sqlite:FILE or postgresql://…");
    }
    try {
      PostgresUrl.check(to);
    } catch (IllegalArgumentException malformed) {
      throw new WrongUsage(TO + " " + malformed.getMessage());
    }
  }
}
