package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Held;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.Source;
import io.onebalance.settings.read.AuthKeyFile;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `auth-key`: shows the gateway key that is in force, or makes a new one where this program keeps
/// it. A server that runs notices the new one within a second.
record AuthKey(Shell shell) implements Verb {
  private static final String NEW = "--new";
  private static final String SETTING = "auth-key";

  @Override
  public String name() {
    return SETTING;
  }

  @Override
  public String summary() {
    return "Show the gateway key, or make a new one.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(NEW)
            .description("Replace the key that is kept in the data directory.")
            .build());
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    var loaded = shell.reader(config).read();
    return given.hasMatchedOption(NEW) ? renew(loaded) : show(loaded);
  }

  private int show(Loaded loaded) {
    var key = loaded.settings().authKey();
    if (key.isEmpty()) {
      shell.err().println("There is no gateway key yet: the first start makes one, or " + NEW);
      return Exit.FAILED;
    }
    shell.out().println(key.get().reveal());
    return Exit.DONE;
  }

  private int renew(Loaded loaded) throws IOException {
    return switch (source(loaded)) {
      case Source.Kept _, Source.Default _ -> make(loaded);
      case Source.Environment _, Source.DotEnv _, Source.Yaml _ -> {
        var where = source(loaded).where();
        shell.err().println("The gateway key is set in " + where + "; change it there");
        yield Exit.FAILED;
      }
    };
  }

  private int make(Loaded loaded) throws IOException {
    var file = new AuthKeyFile(loaded.settings().storage().dataDir());
    shell.out().println(file.make(shell.chance()).reveal());
    return Exit.DONE;
  }

  private static Source source(Loaded loaded) {
    return loaded.values().stream()
        .filter(held -> held.name().equals(SETTING))
        .map(Held::source)
        .findFirst()
        .orElseGet(Source.Default::new);
  }
}
