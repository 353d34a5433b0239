package io.onebalance.key.quota;

import org.jspecify.annotations.Nullable;

/// What is thought of a key's limits of a minute that nobody names, after what was counted when it
/// was refused. Of requests, as long as the refusals of the model's keys come at about the same
/// counts; else of tokens, where those are as much each time.
final class Guess {
  /// A limit of tokens is thought to be a little higher when it was used up for so many windows
  /// without a refusal.
  private static final int PATIENCE = 4;

  /// Used up but for such a part.
  private static final int BRIM = 8;

  /// A refusal at less than this part of the known limit of tokens is about something else.
  private static final int OTHER = 2;

  /// A limit of requests is believed that was met so often.
  private static final int CONFIRMED = 4;

  private static final int LONGEST_ROW = 4;

  private final Clues clues;
  private final Gauge requests;
  private @Nullable Refusal last;
  private @Nullable Refusal before;
  private long since;
  private int met;
  private int row;
  private boolean tries;
  private long pausedAt = Long.MIN_VALUE / 2;
  private long growsAt = Long.MIN_VALUE;

  Guess(Clues clues, Gauge requests) {
    this.clues = clues;
    this.requests = requests;
  }

  /// The key was refused; `tokens` are counted once there is a doubt that the limit is of requests.
  Finding refused(Use use, @Nullable Gauge tokens, long now) {
    var counted = requests.used(now);
    var known = requests.isKnown() && Refusal.isNear(counted, requests.limit());
    if (known) {
      met++;
    } else if (counted > 0) {
      note(use, counted, tokens, now);
    }
    if (!known && tokens != null && clues.areTokens() && counted > 0) {
      var found = ofTokens(tokens, use, now);
      if (found != Finding.UNEXPLAINED) {
        return found;
      }
    }
    return ofRequests(use.beyond(), counted);
  }

  /// Refusals within one window come of the same cause. At the first of them much is under way that
  /// will be refused as well, so that the least that was counted says most. Those of one window are
  /// compared with those of the one before.
  private void note(Use use, long counted, @Nullable Gauge tokens, long now) {
    var refusal =
        tokens == null
            ? new Refusal(counted, 0, 0)
            : new Refusal(counted, tokens.used(now), use.need().of(tokens.kind()));
    if (last == null || now < since + requests.span().length()) {
      since = last == null ? now : since;
      last = last == null ? refusal : last.least(refusal);
      return;
    }
    if (before != null) {
      clues.compare(before, last, now);
    }
    before = last;
    last = refusal;
    since = now;
  }

  /// How long the key is left alone after a refusal, the longer the more of them come within one
  /// window: what we count may be more than the provider does, and what comes back must not be
  /// thought of as room.
  long pause(long now) {
    row = now < pausedAt + requests.span().length() ? Math.min(row + 1, LONGEST_ROW) : 0;
    pausedAt = now;
    tries = true;
    return Running.SOON << row;
  }

  /// Whether the key is asked one request at a time, until one is served.
  boolean tries() {
    return tries;
  }

  /// Whether the known limit of tokens explains a refusal as well as any.
  boolean isOfTokens(Use use, @Nullable Gauge tokens, long now) {
    return tokens != null
        && clues.areTokens()
        && tokens.isKnown()
        && !tokens.isTold()
        && 2 * reached(tokens, use, now) >= tokens.limit();
  }

  private Finding ofTokens(Gauge tokens, Use use, long now) {
    var reached = reached(tokens, use, now);
    if (tokens.isTold() || (tokens.isKnown() && OTHER * reached < tokens.limit())) {
      return Finding.UNEXPLAINED;
    }
    growsAt = now + PATIENCE * tokens.span().length();
    if (reached >= tokens.limit()) {
      return Finding.EXPLAINED;
    }
    tokens.lower(reached);
    return Finding.LEARNT;
  }

  private static long reached(Gauge tokens, Use use, long now) {
    return tokens.used(now) + use.need().of(tokens.kind());
  }

  /// Learns from what was served within the window before a refusal that names nothing.
  private Finding ofRequests(boolean beyond, long count) {
    if (beyond || count >= requests.limit()) {
      return Finding.EXPLAINED;
    }
    if (count == 0) {
      requests.undo();
      return Finding.UNEXPLAINED;
    }
    if (requests.isTold()) {
      return Finding.UNEXPLAINED;
    }
    if (requests.isKnown() && count >= requests.limit() - 1 && requests.comesLater()) {
      return Finding.EXPLAINED;
    }
    requests.lower(count);
    return Finding.LEARNT;
  }

  /// A request was served: a limit of tokens that is used up and was not met again may be higher.
  /// Tells whether the key was tried with it, and need not be left alone any more.
  boolean served(@Nullable Gauge tokens, long now) {
    if (tokens != null
        && tokens.isKnown()
        && !tokens.isTold()
        && now >= growsAt
        && BRIM * tokens.left(now) <= tokens.limit()) {
      tokens.grow();
      growsAt = now + tokens.span().length();
    }
    var tried = tries && now > pausedAt + Running.SOON;
    tries &= !tried;
    return tried;
  }

  /// What was thought is thought no more: of requests, unless the limit was met again; of tokens, what
  /// the last refusal shows.
  void rethink(@Nullable Gauge tokens) {
    if (requests.isKnown() && !requests.isTold() && met < CONFIRMED) {
      requests.raise(Gauge.UNKNOWN);
    }
    if (tokens == null || tokens.isTold()) {
      return;
    }
    if (!clues.areTokens()) {
      tokens.raise(Gauge.UNKNOWN);
    } else if (last != null && last.tokens() > 0) {
      tokens.lower(last.tokens() + last.needed());
    }
  }
}
