package io.onebalance.dialect.anthropic.words;

/// The tool by which an older model gives an answer that is bound to a schema.
public final class Answers {
  /// Whoever reads the answer takes a call of it for text.
  public static final String TOOL = "one_balance_answer";

  private Answers() {}
}
