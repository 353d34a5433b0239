package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Gauge;
import io.onebalance.key.quota.gauge.Spans;
import io.onebalance.key.quota.guess.Finding;
import io.onebalance.provider.answer.Verdict.Window;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a key may go one beyond its limit to see whether that still holds: now and then for all
/// keys of a pool and model together, the less often the more such tries were refused. Where one is
/// served, all keys with the same limit may try, and take over what that one learns.
public final class Beyond {
  /// At most one in so many requests.
  private static final long PACE = 200;

  /// In windows, of what lies between two tries: half of one at first.
  private static final int LONGEST_GAP = 15;

  /// For so many windows the keys of a tier may follow one that was served beyond its limit.
  private static final int FOLLOWING = 10;

  /// So many refusals in a row end that.
  private static final int REFUSALS = 3;

  /// More limits at a time than these are not followed up.
  private static final int MOST_TIERS = 64;

  private final long window;
  private final Map<Long, Rise> rises = new HashMap<>();
  private long taken = PACE;
  private long next;
  private long gap;

  /// What is known of a limit that was exceeded: what it became, for how long others may follow.
  private static final class Rise {
    private final Quota first;
    private final long until;
    private long target = Gauge.UNKNOWN;
    private int refusals;

    Rise(Quota first, long until) {
      this.first = first;
      this.until = until;
    }
  }

  public Beyond(Spans spans) {
    window = spans.of(Window.MINUTE).length();
    gap = window / 2;
  }

  /// A request was made.
  public void taken() {
    taken++;
  }

  /// Whether a key of this limit may try now; then it does.
  public boolean mayTry(long tier, long now) {
    if (tier == Gauge.UNKNOWN) {
      return false;
    }
    if (followed(tier, now) != null) {
      return true;
    }
    var may = taken >= PACE && now >= next;
    if (may) {
      paced(now, gap);
    }
    return may;
  }

  /// A key was served beyond its limit. Where the provider named that lately, with this very answer
  /// perhaps, its word stands: that it lets one more pass is no news of the limit.
  public void served(Use use, long now) {
    var quota = use.quota();
    if (quota == null || !quota.requests().isKnown() || quota.requests().isFresh(now)) {
      return;
    }
    var tier = quota.requests().limit();
    var rise = rises.get(tier);
    if (rise == null && rises.size() < MOST_TIERS) {
      rises.put(tier, new Rise(quota, use.at() + FOLLOWING * window));
    } else if (rise != null) {
      rise.refusals = 0;
    }
    paced(use.at(), window / 2);
    quota.raise(rise == null ? Gauge.UNKNOWN : rise.target);
  }

  /// A key was refused, beyond its limit or not.
  public void refused(Use use, Finding finding, long now) {
    var quota = use.quota();
    if (use.beyond()) {
      failed(use, now);
    } else if (finding == Finding.LEARNT && quota != null) {
      rises.values().stream()
          .filter(rise -> rise.first == quota)
          .forEach(rise -> rise.target = quota.requests().limit());
    }
  }

  private void failed(Use use, long now) {
    var quota = use.quota();
    var rise = quota == null ? null : rises.get(quota.requests().limit());
    if (quota != null && rise != null && ++rise.refusals >= REFUSALS) {
      rises.remove(quota.requests().limit());
    }
    paced(now, Math.min(LONGEST_GAP * window, 2 * gap));
  }

  /// The clock was turned to this time: nobody follows anybody.
  public void turned(long now) {
    rises.clear();
    next = Math.min(next, now + gap);
  }

  private void paced(long now, long nextGap) {
    taken = 0;
    gap = nextGap;
    next = now + gap;
  }

  private @Nullable Rise followed(long tier, long now) {
    var rise = rises.get(tier);
    if (rise != null && rise.until <= now) {
      rises.remove(tier);
      return null;
    }
    return rise;
  }
}
