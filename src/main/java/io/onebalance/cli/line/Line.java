package io.onebalance.cli.line;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one command line: options that every verb has, a verb, its own options and its operand.
/// After `--` no word is an option. Read by hand, as a library's class files are too old for the
/// JVM's cache of what a start loads.
public final class Line {
  private final List<Usage> verbs;
  private final List<Option> common;
  private final Map<String, String> options = new LinkedHashMap<>();
  private @Nullable Usage verb;
  private @Nullable String operand;
  private boolean help;
  private boolean literal;
  private int index = -1;

  private Line(List<Usage> verbs, List<Option> common) {
    this.verbs = verbs;
    this.common = common;
  }

  /// What the words mean where these verbs and options are known.
  public static Typed read(List<Usage> verbs, List<Option> common, String... words) {
    return new Line(verbs, common).read(List.of(words).iterator());
  }

  private Typed read(Iterator<String> words) {
    while (words.hasNext()) {
      var wrong = take(next(words), words);
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    var asked = Optional.ofNullable(verb);
    return help
        ? new Typed.Help(asked)
        : new Typed.Asked(asked, new Given(options, Optional.ofNullable(operand)));
  }

  private String next(Iterator<String> words) {
    index++;
    return words.next();
  }

  /// Takes a word, and for an option its value; tells what is wrong with it.
  private Optional<Typed> take(String word, Iterator<String> rest) {
    if (literal || !word.startsWith("-")) {
      return verb == null ? verb(word) : operand(verb, word);
    }
    if (word.equals("--")) {
      literal = true;
      return Optional.empty();
    }
    return option(word, rest);
  }

  private Optional<Typed> verb(String word) {
    verb = verbs.stream().filter(known -> known.name().equals(word)).findFirst().orElse(null);
    return verb == null ? Optional.of(new Typed.NoVerb(word)) : Optional.empty();
  }

  private Optional<Typed> operand(Usage asked, String word) {
    if (asked.operand().isEmpty() || operand != null) {
      return wrong("Unmatched argument at index " + index + ": '" + word + "'");
    }
    operand = word;
    return Optional.empty();
  }

  private Optional<Typed> option(String word, Iterator<String> rest) {
    var equals = word.indexOf('=');
    var name = equals < 0 ? word : word.substring(0, equals);
    var found = known().filter(option -> option.isCalled(name)).findFirst();
    if (found.isEmpty() || (found.get().isFlag() && equals >= 0)) {
      return wrong("Unknown option: '" + word + "'");
    }
    var option = found.get();
    if (option.isFlag()) {
      help |= option.isCalled(Option.HELP.name());
      return kept(option, "");
    }
    if (equals >= 0) {
      return kept(option, word.substring(equals + 1));
    }
    return rest.hasNext() ? follows(option, next(rest)) : missing(option);
  }

  private Stream<Option> known() {
    var own = verb == null ? Stream.<Option>empty() : verb.options().stream();
    return Stream.of(own, common.stream(), Stream.of(Option.HELP)).flatMap(options -> options);
  }

  /// What looks like an option was hardly meant as a value; `--name=-value` is one.
  private Optional<Typed> follows(Option option, String value) {
    return value.startsWith("-") ? missing(option) : kept(option, value);
  }

  private Optional<Typed> missing(Option option) {
    return wrong(
        "Missing required parameter for option '" + option.name() + "' (" + option.label() + ")");
  }

  private Optional<Typed> kept(Option option, String value) {
    return options.put(option.name(), value) == null
        ? Optional.empty()
        : wrong("Option '" + option.name() + "' should be specified only once");
  }

  private Optional<Typed> wrong(String why) {
    return Optional.of(new Typed.Wrong(Optional.ofNullable(verb), why));
  }
}
