package io.onebalance.ledger;

/// Tokens of one request.
///
/// @param input all of the prompt, with what was read from and written to a cache
/// @param cached of these, read from a cache
/// @param cacheWritten of these, written to a cache
/// @param output all that the model made, with what it thought
/// @param reasoning of these, thought
public record Tokens(
    long input, long cached, long cacheWritten, long output, long reasoning, Source source) {
  public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, Source.NONE);

  /// Where the numbers come from.
  public enum Source {
    /// No tokens were used, as far as anybody knows.
    NONE,
    /// The provider told them.
    TOLD,
    /// The provider told nothing, or not all; they are estimated.
    ESTIMATED
  }

  public long total() {
    return input + output;
  }

  /// Those of both; estimated where either is.
  public Tokens plus(Tokens more) {
    return new Tokens(
        input + more.input,
        cached + more.cached,
        cacheWritten + more.cacheWritten,
        output + more.output,
        reasoning + more.reasoning,
        source.compareTo(more.source) < 0 ? more.source : source);
  }
}
