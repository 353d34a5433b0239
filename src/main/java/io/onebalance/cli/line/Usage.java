package io.onebalance.cli.line;

import java.util.List;

/// What a verb is called and what may follow it. `operand` is the one word that may, as help shows
/// it: empty where none may.
public record Usage(
    String name, String summary, boolean hidden, String operand, List<Option> options) {
  public Usage {
    options = List.copyOf(options);
  }
}
