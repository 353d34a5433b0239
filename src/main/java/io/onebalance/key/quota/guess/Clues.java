package io.onebalance.key.quota.guess;

/// What refusals that say nothing have shown of the limits of one model's keys so far, so that each
/// key need not find out for itself.
public final class Clues {
  /// For so many windows the keys with a smaller limit may follow one that was served beyond it.
  private static final int FOLLOWING = 10;

  /// So many pairs of refusals of one key that no limit of requests explains make tokens worth
  /// counting.
  private static final int SUSPICIOUS = 3;

  /// So many that a limit of tokens explains decide, where they are twice as many as all others.
  private static final int ENOUGH = 4;

  /// What was seen long ago counts less.
  private static final int MEMORY = 32;

  private final long window;
  private final Whims whims = new Whims();
  private long countedSince = Long.MAX_VALUE;
  private boolean counts;
  private boolean crowds;
  private int lifted;
  private long liftedUntil = Long.MIN_VALUE;

  private int alike;
  private int unlike;
  private long tokensSince = Long.MAX_VALUE;
  private int forTokens;
  private int against;
  private boolean tokens;
  private int turns;

  /// `window` is how long what the provider calls a minute lasts.
  public Clues(long window) {
    this.window = window;
  }

  Whims whims() {
    return whims;
  }

  /// Whether all tokens of the last minute were counted: they are from the first time on that this
  /// is asked.
  public boolean knowsTokens(long now) {
    countedSince = Math.min(countedSince, now);
    return now >= countedSince + window;
  }

  /// Whether refusals that name nothing are mostly of no limit.
  public boolean areWhims() {
    return whims.prevail();
  }

  /// A refusal was none of a limit.
  void whim() {
    turns += whims.whim() ? 1 : 0;
  }

  /// A key was refused though nothing else of it ran, or less than was well before.
  void counts() {
    counts = true;
  }

  /// A key was refused, and then served more in the same time, as less of it ran at once.
  void crowds() {
    crowds = true;
  }

  /// Whether refusals follow what is asked in a minute, as far as was seen.
  boolean onlyCounts() {
    return counts && !crowds;
  }

  /// Whether refusals follow what runs at once, as far as was seen.
  boolean onlyCrowds() {
    return crowds && !counts;
  }

  boolean doCrowd() {
    return crowds;
  }

  /// So many ran at once, and were served.
  void lifted(int limit, long now) {
    lifted = now < liftedUntil ? Math.max(lifted, limit) : limit;
    liftedUntil = now + FOLLOWING * window;
  }

  /// Whether another key was served with more at once than this, since then.
  boolean isLifted(int limit, long since, long now) {
    return limit < lifted && now < liftedUntil && since < liftedUntil - FOLLOWING * window;
  }

  /// The clock was turned to this time.
  public void turned(long now) {
    liftedUntil = Long.MIN_VALUE;
    countedSince = Long.MAX_VALUE;
    tokensSince = countTokens() ? Math.min(tokensSince, now) : tokensSince;
  }

  /// Whether tokens are to be counted: limits of requests don't explain the refusals.
  public boolean countTokens() {
    return tokensSince != Long.MAX_VALUE;
  }

  /// Whether refusals follow the tokens of a minute.
  boolean areTokens() {
    return tokens;
  }

  /// How often the mind was changed about that; a key that knows another number has to rethink.
  public int turns() {
    return turns;
  }

  /// Two refusals of the same key, one after the other.
  void compare(Refusal before, Refusal after, long now) {
    if (!countTokens()) {
      suspect(before.isOfAsManyRequestsAs(after), now);
    } else if (before.tokens() > 0 && after.tokens() > 0 && now >= tokensSince + window) {
      weigh(before.isOfAsManyRequestsAs(after), before.isOfAsManyTokensAs(after));
    }
  }

  private void suspect(boolean asManyRequests, long now) {
    alike += asManyRequests ? 1 : 0;
    unlike += asManyRequests ? 0 : 1;
    if (unlike >= SUSPICIOUS && 4 * unlike > alike) {
      tokensSince = now;
      turns++;
    }
    if (alike + unlike > MEMORY) {
      alike /= 2;
      unlike /= 2;
    }
  }

  private void weigh(boolean asManyRequests, boolean asManyTokens) {
    forTokens += asManyTokens && !asManyRequests ? 1 : 0;
    against += asManyTokens ? 0 : 1;
    if (!tokens && forTokens >= ENOUGH && forTokens > against) {
      tokens = true;
      turns++;
    } else if (tokens && against >= ENOUGH && against >= 2 * forTokens) {
      tokens = false;
      turns++;
    }
    if (forTokens + against > MEMORY) {
      forTokens /= 2;
      against /= 2;
    }
  }
}
