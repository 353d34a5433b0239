package io.onebalance.key.quota.guess;

/// What was counted of a key in the minute before a refusal that says nothing: so many requests, so
/// many tokens, and so many more that the refused request was thought to need. What the key may use
/// lies between what was used and that together with what was needed.
record Refusal(long requests, long tokens, long needed) {
  /// Counts differ a little without a cause: windows end at other moments for the provider.
  private static final int SLACK = 10;

  /// Estimates of tokens differ more.
  private static final int SLACK_OF_TOKENS = 8;

  /// What two refusals of the same minute show together.
  Refusal least(Refusal other) {
    return new Refusal(
        Math.min(requests, other.requests),
        Math.min(tokens, other.tokens),
        reached() <= other.reached() ? needed(other) : other.needed(this));
  }

  private long needed(Refusal other) {
    return reached() - Math.min(tokens, other.tokens);
  }

  /// The most that it may be.
  long reached() {
    return tokens + needed;
  }

  /// Whether a limit of requests may explain both.
  boolean isOfAsManyRequestsAs(Refusal other) {
    return isNear(requests, other.requests);
  }

  /// Whether two counts of requests are about the same.
  static boolean isNear(long one, long other) {
    return Math.abs(one - other) <= 1 + Math.max(one, other) / SLACK;
  }

  /// Whether a limit of tokens may explain both.
  boolean isOfAsManyTokensAs(Refusal other) {
    return tokens <= other.reach() && other.tokens <= reach();
  }

  private long reach() {
    return reached() + reached() / SLACK_OF_TOKENS;
  }
}
