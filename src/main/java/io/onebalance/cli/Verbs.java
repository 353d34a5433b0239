package io.onebalance.cli;

import io.onebalance.cli.connect.Connect;
import io.onebalance.cli.database.BackUp;
import io.onebalance.cli.database.Migrate;
import io.onebalance.cli.database.Restore;
import io.onebalance.cli.database.RotateMasterKey;
import io.onebalance.cli.doctor.Doctor;
import io.onebalance.cli.keys.Keys;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.cli.top.Top;
import io.onebalance.cli.usage.Usage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// Understands what was typed and does it. The parser is described by hand, without annotations.
public final class Verbs {
  private static final String PROGRAM = "one-balance";
  static final String CONFIG = "--config";
  private static final String HELP = "help";
  private static final int WIDTH = 100;

  private final Shell shell;
  private final Verb standard;
  private final List<Verb> verbs;

  public Verbs(Shell shell, String version, Powers powers) {
    this.shell = shell;
    standard = new Serve(shell, powers.serving());
    verbs =
        List.of(
            standard,
            new Init(shell),
            new AuthKey(shell),
            new GatewayKeys(shell),
            new Keys(shell, powers.visiting()),
            new SyncKeys(shell, powers.visiting()),
            new Doctor(shell),
            new BackUp(shell),
            new Restore(shell),
            new RotateMasterKey(shell),
            new Connect(shell),
            new Usage(shell),
            new Migrate(shell, powers.moving()),
            new Events(shell),
            new Top(shell),
            new Simulate(shell, powers.simulating()),
            new Version(shell, version),
            new Rehearse(shell, powers.rehearsal()));
  }

  /// Does what the arguments say and tells how it ended ([Exit]).
  public int run(String... arguments) {
    var line = new CommandLine(root());
    line.setOut(shell.out());
    line.setErr(shell.err());
    line.setUsageHelpWidth(WIDTH);
    line.setExecutionStrategy(this::execute);
    line.setParameterExceptionHandler((wrong, _) -> refuse(wrong));
    var code = line.execute(arguments);
    shell.out().flush();
    shell.err().flush();
    return code;
  }

  private CommandSpec root() {
    var root = CommandSpec.create().name(PROGRAM);
    root.usageMessage()
        .description("Balances requests over AI provider keys.")
        .footer("", "Settings: environment over .env over one-balance.yaml; init writes both.");
    root.addOption(help());
    root.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(String.class)
            .description("The settings file, instead of ./one-balance.yaml.")
            .scopeType(ScopeType.INHERIT)
            .build());
    for (var verb : verbs) {
      root.addSubcommand(verb.name(), spec(verb));
    }
    root.addSubcommand(HELP, helpSpec());
    return root;
  }

  private static CommandSpec spec(Verb verb) {
    var spec = CommandSpec.create();
    spec.usageMessage().description(verb.summary()).hidden(verb.isHidden());
    spec.addOption(help());
    verb.describe(spec);
    return spec;
  }

  private static CommandSpec helpSpec() {
    var spec = CommandSpec.create();
    spec.usageMessage().description("Show what a verb does.");
    spec.addPositional(
        PositionalParamSpec.builder().paramLabel("VERB").arity("0..1").type(String.class).build());
    return spec;
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build();
  }

  private int execute(ParseResult root) {
    Integer helped = CommandLine.executeHelpRequest(root);
    if (helped != null) {
      return Exit.printed(shell, HELP, helped);
    }
    var given = root.hasSubcommand() ? root.subcommand() : root;
    var name = root.hasSubcommand() ? given.commandSpec().name() : standard.name();
    return name.equals(HELP)
        ? Exit.printed(shell, HELP, explain(root, given))
        : run(verb(name), given, config(root, given));
  }

  private Verb verb(String name) {
    return verbs.stream().filter(verb -> verb.name().equals(name)).findFirst().orElse(standard);
  }

  private static Optional<String> config(ParseResult root, ParseResult given) {
    Optional<String> nearer = Optional.ofNullable(given.matchedOptionValue(CONFIG, null));
    return nearer.or(() -> Optional.ofNullable(root.matchedOptionValue(CONFIG, null)));
  }

  private int run(Verb verb, ParseResult given, Optional<String> config) {
    Exit.Work work = () -> verb.run(given, config);
    return verb.equals(standard)
        ? Exit.ofServing(shell, verb.name(), work)
        : Exit.of(shell, verb.name(), work);
  }

  private int explain(ParseResult root, ParseResult given) {
    var line = root.commandSpec().commandLine();
    String name = given.matchedPositionalValue(0, PROGRAM);
    var asked = name.equals(PROGRAM) ? line : line.getSubcommands().get(name);
    if (asked == null) {
      return unknown(name);
    }
    asked.usage(shell.out());
    return Exit.DONE;
  }

  private int refuse(ParameterException wrong) {
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && unmatched.getCommandLine().getParent() == null) {
      return unknown(unmatched.getUnmatched().getFirst());
    }
    shell.err().println(wrong.getMessage());
    shell
        .err()
        .println("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return Exit.WRONG_USAGE;
  }

  private int unknown(String name) {
    var known =
        verbs.stream()
            .filter(verb -> !verb.isHidden())
            .map(Verb::name)
            .collect(Collectors.joining(", "));
    shell.err().println("'" + name + "' is no verb; known: " + known + ", " + HELP);
    return Exit.WRONG_USAGE;
  }
}
