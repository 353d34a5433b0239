package io.onebalance.provider.errors.rule;

import io.onebalance.provider.answer.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One row of a table of errors: at these statuses (none = any), under one of these codes (none =
/// any), with this in the message (none = anything), it means that. Rows are tried from the top and
/// the first that fits decides.
public record Rule(
    Set<Integer> statuses,
    Set<String> codes,
    Optional<Pattern> message,
    Function<Complaint, Verdict> meaning) {
  public static Optional<Verdict> first(List<Rule> table, Complaint complaint) {
    return table.stream()
        .filter(rule -> rule.fits(complaint))
        .findFirst()
        .map(rule -> rule.meaning.apply(complaint));
  }

  /// Begins a row.
  public static Signs at(Integer... statuses) {
    return new Signs(Set.of(statuses), Set.of(), Optional.empty());
  }

  private boolean fits(Complaint complaint) {
    return (statuses.isEmpty() || statuses.contains(complaint.status()))
        && (codes.isEmpty() || codes.stream().anyMatch(complaint::has))
        && (message.isEmpty() || message.get().matcher(complaint.message()).find());
  }

  /// A row that does not say yet what it means.
  public record Signs(Set<Integer> statuses, Set<String> codes, Optional<Pattern> message) {
    /// One of these words stands in a field for codes, in lower case.
    public Signs code(String... any) {
      return new Signs(statuses, Arrays.stream(any).collect(Collectors.toSet()), message);
    }

    /// The message has this in it, whatever its case. Rows that kill a key begin with `^`, so that
    /// a message which quotes the client cannot.
    public Signs says(String regex) {
      return new Signs(
          statuses, codes, Optional.of(Pattern.compile(regex, Pattern.CASE_INSENSITIVE)));
    }

    public Rule means(Function<Complaint, Verdict> meaning) {
      return new Rule(statuses, codes, message, meaning);
    }
  }
}
