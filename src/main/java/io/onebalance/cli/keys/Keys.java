package io.onebalance.cli.keys;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.cli.shell.WrongUsage;
import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `keys`: lists, adds, tests, blocks, unblocks, deletes and exports the provider keys of a server
/// that runs, or of a database. A key is only ever shown masked, but by `export --reveal`, which
/// the server notes.
public record Keys(Shell shell, Visiting visiting) implements Verb {
  private static final String ACTIONS = "list|add|test|block|unblock|reset|delete|export";
  private static final String USUAL_LIMIT = "100";
  private static final String DATABASE = "--database";

  /// Options that choose keys: fields of the API's filter under the same name.
  private static final List<String> FILTER = List.of("--provider", "--status", "--q");

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String summary() {
    return "List, add, test, block, unblock, delete and export keys.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addPositional(positional("0", "0..1", ACTIONS, "What to do; list, if nothing is said."));
    spec.addPositional(
        positional(
            "1..*",
            "0..*",
            "WORD",
            "add: the provider, then keys; else ids of keys. - is standard input."));
    option(
        spec, "--file", "FILE", "More keys or ids, by line ends or commas; - is standard input.");
    option(spec, "--provider", "NAME", "Only keys of this provider.");
    option(spec, "--status", "WORD", "Only keys that are active, cooling or blocked.");
    option(spec, "--q", "TEXT", "Only keys with this in their remark, or with this end.");
    option(spec, "--limit", "N", "list: at most so many; " + USUAL_LIMIT + ".");
    option(spec, "--remark", "TEXT", "add: a remark for all of them.");
    option(spec, "--account", "NAME", "add: whose quota they share.");
    option(spec, "--model", "NAME", "test: with a few tokens of this model.");
    option(spec, "--reason", "TEXT", "block: why.");
    spec.addOption(
        OptionSpec.builder("--reveal")
            .description("export: with the keys themselves; the audit log tells of it.")
            .build());
    spec.addOption(
        OptionSpec.builder(DATABASE)
            .description("Open the database of these settings itself; no server has to run.")
            .build());
    Remote.describe(spec);
  }

  private static void option(CommandSpec spec, String name, String label, String description) {
    spec.addOption(Remote.option(name, label, description));
  }

  private static PositionalParamSpec positional(
      String index, String arity, String label, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index(index)
        .arity(arity)
        .type(index.equals("0") ? String.class : List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    if (given.hasMatchedOption(DATABASE)) {
      return visiting.visit(Alone.on(shell, config), server -> act(server, given));
    }
    var server = Remote.meant(given, shell, config);
    return server.isEmpty() ? Exit.FAILED : act(server.get(), given);
  }

  private int act(Remote server, ParseResult given) throws IOException {
    return act(new KeyDesk(server, shell.out(), shell.err()), given);
  }

  private int act(KeyDesk desk, ParseResult given) throws IOException {
    String action = given.matchedPositionalValue(0, "list");
    return switch (action) {
      case "list" -> list(desk, given);
      case "add" -> add(desk, given);
      case "export" -> code(desk.export(chosen(given), given.hasMatchedOption("--reveal")));
      case "test", "block", "unblock", "reset", "delete" -> change(desk, action, given);
      // People type any word.
      default -> wrong("'" + action + "' is not known; allowed: " + ACTIONS);
    };
  }

  private int add(KeyDesk desk, ParseResult given) throws IOException {
    var words = words(given);
    if (words.isEmpty()) {
      return wrong("Which provider? keys add PROVIDER KEY…");
    }
    var keys = text(given, words.subList(1, words.size()));
    if (keys.isBlank()) {
      return wrong("Which keys? keys add " + words.getFirst() + " KEY…, --file FILE, or -");
    }
    return code(
        desk.add(
            words.getFirst(),
            keys,
            value(given, "--remark").orElse(""),
            value(given, "--account").orElse("")));
  }

  /// Without a word about which, it would mean all; nobody means that by leaving it out.
  private int change(KeyDesk desk, String action, ParseResult given) throws IOException {
    var chosen = chosen(given);
    if (chosen.isEmpty()) {
      return wrong("Which keys? Ids, or one of " + String.join(", ", FILTER));
    }
    return code(
        action.equals("test")
            ? desk.test(chosen, value(given, "--model"))
            : desk.change(action, chosen, value(given, "--reason")));
  }

  /// Ids or a filter: either would narrow the other in some way that nobody said. A list of ids
  /// that is empty must not mean every key.
  private Chosen chosen(ParseResult given) throws IOException {
    var filter = filter(given);
    if (!namesIds(given)) {
      return new Chosen(List.of(), filter);
    }
    if (!filter.isEmpty()) {
      throw new WrongUsage("Which keys? Ids, or " + String.join(", ", FILTER) + "; not both");
    }
    var ids = Words.split(text(given, words(given)));
    if (ids.isEmpty()) {
      throw new WrongUsage("Which keys? The list of ids is empty");
    }
    return new Chosen(ids, filter);
  }

  /// Whether it was said where ids stand, were there any or not.
  private static boolean namesIds(ParseResult given) {
    return !words(given).isEmpty() || value(given, "--file").isPresent();
  }

  private static Map<String, String> filter(ParseResult given) {
    var filter = new HashMap<String, String>();
    FILTER.forEach(
        name -> value(given, name).ifPresent(text -> filter.put(name.substring(2), text)));
    return filter;
  }

  private String text(ParseResult given, List<String> words) throws IOException {
    return Words.read(words, value(given, "--file"), shell.directory(), shell.in());
  }

  private static List<String> words(ParseResult given) {
    return given.matchedPositionalValue(1, List.of());
  }

  private int list(KeyDesk desk, ParseResult given) throws IOException {
    var limit = value(given, "--limit").orElse(USUAL_LIMIT);
    if (namesIds(given)) {
      return wrong("list takes no ids; allowed: " + String.join(", ", FILTER));
    }
    return limit.matches("[1-9][0-9]{0,8}")
        ? code(desk.list(chosen(given), Integer.parseInt(limit)))
        : wrong("--limit is '" + limit + "'; allowed: a whole number from 1 on");
  }

  private static Optional<String> value(ParseResult given, String option) {
    return Optional.ofNullable(given.matchedOptionValue(option, null));
  }

  private int wrong(String what) {
    shell.err().println(what);
    return Exit.WRONG_USAGE;
  }

  private static int code(boolean whole) {
    return whole ? Exit.DONE : Exit.FAILED;
  }
}
