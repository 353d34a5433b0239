package io.onebalance.cli;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.settings.BadSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ParseResult;

/// `serve`: balances until it is stopped. This is what the program does when nothing is said.
public record Serve(Shell shell, Serving serving) implements Verb {
  /// Serves where no more was typed than that, and where the settings are, as services are started;
  /// else empty. There is nothing to parse then, and the parser would take a tenth of the time to
  /// the first answer: its classes are too old for the JVM's cache.
  public OptionalInt unparsed(String... typed) {
    var words = List.of(typed);
    var asked = !words.isEmpty() && words.getFirst().equals(name());
    var rest = asked ? words.subList(1, words.size()) : words;
    if (rest.isEmpty()) {
      return OptionalInt.of(serving(Optional.empty()));
    }
    return rest.size() == 2
            && rest.getFirst().equals(Verbs.CONFIG)
            && !rest.getLast().startsWith("-")
        ? OptionalInt.of(serving(Optional.of(rest.getLast())))
        : OptionalInt.empty();
  }

  private int serving(Optional<String> config) {
    return Exit.ofServing(shell, name(), () -> serve(config));
  }

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serve until stopped (the default).";
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings {
    return serve(config);
  }

  private int serve(Optional<String> config) throws BadSettings {
    var reader = shell.reader(config);
    return serving.serve(reader, reader.read());
  }
}
