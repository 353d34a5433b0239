package io.onebalance.key.quota.guess;

import io.onebalance.key.quota.gauge.Gauge;
import io.onebalance.key.quota.gauge.Need;
import org.jspecify.annotations.Nullable;

/// What is thought of a key's limits of a minute that nobody names, after what was counted when it
/// was refused. Of requests, as long as the refusals of the model's keys come at about the same
/// counts; else of tokens, where those are as much each time.
public final class Guess {
  /// A limit of tokens is thought to be a little higher when it was used up for so many windows
  /// without a refusal.
  private static final int PATIENCE = 4;

  /// Used up but for such a part.
  private static final int BRIM = 8;

  /// A refusal at less than this part of the known limit of tokens is about something else.
  private static final int OTHER = 2;

  /// A limit of requests is believed that was met so often.
  private static final int CONFIRMED = 3;

  private static final int LONGEST_ROW = 4;

  /// After so many that were served, requests come as they like again.
  private static final int FREE = 8;

  private final Clues clues;
  private final Gauge requests;
  private @Nullable Refusal last;
  private @Nullable Refusal before;
  private long since;
  private @Nullable Refusal lastMet;
  private int met;
  private int row;
  private int starts = FREE;
  private long pausedAt = Long.MIN_VALUE / 2;
  private long growsAt = Long.MIN_VALUE;

  public Guess(Clues clues, Gauge requests) {
    this.clues = clues;
    this.requests = requests;
  }

  /// The key was refused when it was asked for this, `beyond` its limit or not; `tokens` are
  /// counted once there is a doubt that the limit is of requests.
  public Finding refused(Need need, boolean beyond, @Nullable Gauge tokens, long now) {
    var counted = requests.used(now);
    if (counted > 0) {
      var refusal =
          tokens == null
              ? new Refusal(counted, 0, 0)
              : new Refusal(counted, tokens.used(now), need.of(tokens.kind()));
      var known = isMet(refusal);
      if (!known) {
        note(refusal, now);
      }
      if (!known && tokens != null && clues.areTokens()) {
        var found = ofTokens(tokens, refusal, now);
        if (found != Finding.UNEXPLAINED) {
          return found;
        }
      }
    }
    return ofRequests(beyond, counted);
  }

  /// Whether it is the limit of requests that was met again: at the same count, with other tokens
  /// each time.
  private boolean isMet(Refusal refusal) {
    if (!requests.isKnown() || !Refusal.isNear(refusal.requests(), requests.limit())) {
      return false;
    }
    if (refusal.tokens() > 0) {
      met += met(refusal) ? 1 : 0;
      lastMet = refusal;
    }
    return met >= CONFIRMED;
  }

  private boolean met(Refusal refusal) {
    return lastMet != null && !lastMet.isOfAsManyTokensAs(refusal);
  }

  /// Refusals within one window come of the same cause. At the first of them much is under way that
  /// will be refused as well, so that the least that was counted says most. Those of one window are
  /// compared with those of the one before.
  private void note(Refusal refusal, long now) {
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
  /// window: what comes back of what was under way must not be thought of as room.
  public long pause(long now) {
    row = now < pausedAt + requests.span().length() ? Math.min(row + 1, LONGEST_ROW) : 0;
    pausedAt = now;
    starts = 0;
    return Running.SOON << row;
  }

  /// How long lies between two requests at least: with each that is served half of that, so that
  /// those who wait don't all come at once to find out that there is no room.
  public long gap() {
    return starts < FREE ? Running.SOON >> starts : 0;
  }

  /// Whether the known limit of tokens explains a refusal as well as any.
  public boolean isOfTokens(Need need, @Nullable Gauge tokens, long now) {
    return tokens != null
        && clues.areTokens()
        && tokens.isKnown()
        && !tokens.isTold()
        && 2 * (tokens.used(now) + need.of(tokens.kind())) >= tokens.limit();
  }

  private Finding ofTokens(Gauge tokens, Refusal refusal, long now) {
    var reached = refusal.reached();
    if (tokens.isTold() || (tokens.isKnown() && OTHER * reached < tokens.limit())) {
      return Finding.UNEXPLAINED;
    }
    forgetRequests();
    growsAt = now + PATIENCE * tokens.span().length();
    if (reached >= tokens.limit()) {
      return Finding.EXPLAINED;
    }
    tokens.lower(reached);
    return Finding.LEARNT;
  }

  /// A limit of requests that was only thought of is none where tokens explain as much.
  private void forgetRequests() {
    if (requests.isKnown() && !requests.isTold() && met < CONFIRMED) {
      requests.raise(Gauge.UNKNOWN);
    }
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
  public void served(@Nullable Gauge tokens, long now) {
    starts = Math.min(FREE, starts + 1);
    if (tokens != null
        && tokens.isKnown()
        && !tokens.isTold()
        && now >= growsAt
        && BRIM * tokens.left(now) <= tokens.limit()) {
      tokens.grow();
      growsAt = now + tokens.span().length();
    }
  }

  /// The clock was turned to this time: the windows begin anew.
  public void turned(long now) {
    since = Math.min(since, now);
    pausedAt = Math.min(pausedAt, now);
    growsAt = Math.min(growsAt, now + PATIENCE * requests.span().length());
  }

  /// What was thought is thought no more, unless a limit of requests was met again and again. What
  /// was counted in the confusion until now is no measure of the tokens: the next refusal is.
  public void rethink(@Nullable Gauge tokens) {
    forgetRequests();
    if (tokens != null && !tokens.isTold()) {
      tokens.raise(Gauge.UNKNOWN);
    }
  }
}
