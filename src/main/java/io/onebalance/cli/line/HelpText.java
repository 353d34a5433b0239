package io.onebalance.cli.line;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `--help` shows, of the program or of one of its verbs. `common` are the options that every
/// verb has.
public record HelpText(String program, String summary, List<Option> common) {
  private record Row(String name, String description) {}

  public HelpText {
    common = List.copyOf(common);
  }

  public String of(List<Usage> verbs) {
    var shown = verbs.stream().filter(verb -> !verb.hidden());
    return head("[VERB]", summary)
        + table(options(List.of()))
        + "Verbs:\n"
        + table(shown.map(verb -> new Row("  " + verb.name(), verb.summary())));
  }

  public String of(Usage verb) {
    var what = verb.name() + (verb.operand().isEmpty() ? "" : " " + verb.operand());
    return head(what, verb.summary()) + table(options(verb.options()));
  }

  private String head(String what, String summary) {
    return "Usage: " + program + " " + what + " [OPTION]...\n" + summary + "\n";
  }

  private Stream<Row> options(List<Option> own) {
    return Stream.of(own, common, List.of(Option.HELP)).flatMap(List::stream).map(HelpText::row);
  }

  private static Row row(Option option) {
    var brief = option.brief().isEmpty() ? "      " : "  " + option.brief() + ", ";
    var value = option.isFlag() ? "" : "=" + option.label();
    return new Row(brief + option.name() + value, option.description());
  }

  private static String table(Stream<Row> rows) {
    var all = rows.toList();
    var width = all.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    return all.stream()
        .map(row ->
            row.name() + " ".repeat(width - row.name().length() + 3) + row.description() + "\n")
        .collect(Collectors.joining());
  }
}
