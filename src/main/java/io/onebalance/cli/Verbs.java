package io.onebalance.cli;

import io.onebalance.cli.line.Given;
import io.onebalance.cli.line.HelpText;
import io.onebalance.cli.line.Line;
import io.onebalance.cli.line.Option;
import io.onebalance.cli.line.Typed;
import io.onebalance.cli.line.Usage;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Understands what was typed and does it.
public final class Verbs {
  private static final String PROGRAM = "one-balance";
  private static final String CONFIG = "--config";
  private static final List<Option> COMMON =
      List.of(Option.valued(CONFIG, "FILE", "The settings file, instead of ./one-balance.yaml."));
  private static final Usage HELP =
      new Usage("help", "Show what a verb does.", false, "[VERB]", List.of());
  private static final String FOOTER =
      "\nSettings: environment over .env over one-balance.yaml; init writes both.";

  private final Shell shell;
  private final Verb standard;
  private final List<Verb> verbs;

  /// `rehearsal` serves for a moment only.
  public Verbs(Shell shell, String version, Serving serving, Serving rehearsal) {
    this.shell = shell;
    standard = new Serve(shell, serving);
    verbs =
        List.of(
            standard,
            new Init(shell),
            new AuthKey(shell),
            new GatewayKeys(shell),
            new Connect(shell),
            new Version(shell, version),
            new Rehearse(shell, rehearsal));
  }

  /// Does what the arguments say and tells how it ended ([Exit]).
  public int run(String... arguments) {
    var code =
        switch (Line.read(usages(), COMMON, arguments)) {
          case Typed.Asked(var verb, var given) -> run(verb, given);
          case Typed.Help(var verb) -> explain(verb.map(Usage::name));
          case Typed.NoVerb(var word) -> unknown(word);
          case Typed.Wrong(var verb, var why) -> refuse(verb, why);
        };
    shell.out().flush();
    shell.err().flush();
    return code;
  }

  private List<Usage> usages() {
    return Stream.concat(verbs.stream().map(Verb::usage), Stream.of(HELP)).toList();
  }

  private int run(Optional<Usage> typed, Given given) {
    var name = typed.map(Usage::name).orElse(standard.name());
    return name.equals(HELP.name()) ? explain(given.operand()) : run(verb(name), given);
  }

  private Verb verb(String name) {
    return verbs.stream().filter(verb -> verb.name().equals(name)).findFirst().orElse(standard);
  }

  /// Every end of a verb that is not its own word for it is told here.
  private int run(Verb verb, Given given) {
    try {
      return verb.run(given, given.value(CONFIG));
    } catch (BadSettings bad) {
      bad.problems().forEach(shell.err()::println);
      return Exit.WRONG_USAGE;
    } catch (IOException failed) {
      shell.err().println(verb.name() + " failed: " + failed);
      return Exit.FAILED;
    }
  }

  private int explain(Optional<String> name) {
    var help = new HelpText(PROGRAM, "Balances requests over AI provider keys.", COMMON);
    if (name.isEmpty()) {
      shell.out().print(help.of(usages()));
      shell.out().println(FOOTER);
      return Exit.DONE;
    }
    var asked = usages().stream().filter(verb -> verb.name().equals(name.get())).findFirst();
    asked.ifPresent(verb -> shell.out().print(help.of(verb)));
    return asked.isPresent() ? Exit.DONE : unknown(name.get());
  }

  private int refuse(Optional<Usage> verb, String why) {
    shell.err().println(why);
    shell
        .err()
        .println("Try: " + PROGRAM + verb.map(known -> " " + known.name()).orElse("") + " --help");
    return Exit.WRONG_USAGE;
  }

  private int unknown(String name) {
    var known =
        usages().stream()
            .filter(verb -> !verb.hidden())
            .map(Usage::name)
            .collect(Collectors.joining(", "));
    shell.err().println("'" + name + "' is no verb; known: " + known);
    return Exit.WRONG_USAGE;
  }
}
