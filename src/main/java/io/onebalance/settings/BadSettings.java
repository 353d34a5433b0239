package io.onebalance.settings;

import java.util.List;
import java.util.stream.Collectors;

/// The settings cannot be used. Holds all problems, so that they can be mended at once.
public final class BadSettings extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public BadSettings(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
