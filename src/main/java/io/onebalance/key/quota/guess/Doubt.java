package io.onebalance.key.quota.guess;

import org.jspecify.annotations.Nullable;

/// Whether a refusal of one key that names nothing is of a limit. Where the key may come back while
/// all that it was asked still counts, it is not believed: if it was a limit, the key is refused
/// again then.
public final class Doubt {
  private static final long NEVER = Long.MAX_VALUE;

  /// By this part estimates of tokens may be wrong.
  private static final int MARGIN = 32;

  private final Clues clues;
  private long until = NEVER;
  private int row;

  /// What was reached when the key was refused last, as long as nothing shows whether that was a
  /// limit.
  private @Nullable Reached refused;

  /// What was used of a minute with a request: of the last one, and of that which the clock shows.
  public record Reached(long requests, long byClock, long tokens, long tokensByClock) {
    private boolean isBeyond(Reached other) {
      return requests > other.requests
          && byClock > other.byClock
          && tokens > other.tokens + other.tokens / MARGIN
          && tokensByClock > other.tokensByClock + other.tokensByClock / MARGIN;
    }
  }

  public Doubt(Clues clues) {
    this.clues = clues;
  }

  /// The key was refused what was `asked` then; it may come back at `end`, when all that counts now
  /// counts still, `told` by the provider or for a try. Whether to wait for what comes then.
  public boolean delays(boolean told, long asked, long end) {
    if (asked >= until) {
      row = Math.min(row + 1, Whims.PROOFS);
      clues.whims().held();
      if (row >= clues.whims().proofs()) {
        return false;
      }
      until = end;
    } else if (until != NEVER) {
      until = Math.min(until, end);
    } else if (told || clues.whims().isToBeSeen()) {
      row = 0;
      until = end;
    } else {
      return false;
    }
    return true;
  }

  /// How long a key that was told no time is left alone, in milliseconds.
  public long pause() {
    return Running.SOON << row;
  }

  /// The key was refused when it would have reached this.
  public void refused(Reached reached) {
    refused = reached;
  }

  /// Whether it is still open what the last refusal was of.
  public boolean isOpen() {
    return refused != null || until != NEVER;
  }

  /// What was `asked` then was served, and reached this. That is more than was refused, however the
  /// provider counts and whenever its minutes begin: then it was no limit that was met.
  public void served(long asked, Reached reached) {
    if (asked >= until) {
      until = NEVER;
      row = 0;
    }
    if (refused != null && reached.isBeyond(refused)) {
      refused = null;
      clues.whim();
    }
  }

  /// The clock was turned.
  public void turned() {
    until = NEVER;
    row = 0;
    refused = null;
  }
}
