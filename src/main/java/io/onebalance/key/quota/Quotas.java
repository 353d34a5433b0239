package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.quota.guess.Clues;
import io.onebalance.provider.answer.Verdict.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The quotas of a pool's keys for one model, by the numbers of the keys, each made when its key is
/// used first.
public final class Quotas {
  private static final int FIRST = 16;

  private final Spans spans;
  private final Clues clues;
  private @Nullable Quota[] byNumber = new Quota[FIRST];

  public Quotas(Spans spans) {
    this.spans = spans;
    clues = new Clues(minute());
  }

  /// How long what the provider calls a minute lasts, in milliseconds.
  public long minute() {
    return spans.of(Window.MINUTE).length();
  }

  /// What is known of this key's limits, or null where it was not used yet.
  public @Nullable Quota of(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  /// A new one for this key.
  public Quota make(int number) {
    return share(number, new Quota(spans, clues));
  }

  /// Lets this key share the limits of another.
  public Quota share(int number, Quota quota) {
    if (number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, Math.max(number + 1, 2 * byNumber.length));
    }
    byNumber[number] = quota;
    return quota;
  }

  public void forget(int number) {
    if (number < byNumber.length) {
      byNumber[number] = null;
    }
  }

  /// The clock was turned to this time: nobody knows what still counts.
  public void clear(long now) {
    spans.turned(now);
    clues.turned(now);
    for (var quota : byNumber) {
      if (quota != null) {
        quota.clear(now);
      }
    }
  }

  /// A request is made: it counts until it is known to count otherwise.
  public Use use(Quota quota, Need need, long now) {
    var beyond = quota.isBeyond(now);
    var others = quota.begin();
    quota.use(now, need);
    return new Use(quota, now, need, beyond, others);
  }
}
