package io.onebalance.cli.line;

import java.util.Map;
import java.util.Optional;

/// What was typed for a verb: its options, the flags among them with empty values, and its operand.
public record Given(Map<String, String> options, Optional<String> operand) {
  public Given {
    options = Map.copyOf(options);
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  public Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }
}
