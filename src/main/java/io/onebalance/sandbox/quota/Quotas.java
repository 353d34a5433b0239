package io.onebalance.sandbox.quota;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The counters of all keys and models. Thread-safe. A refused request spends nothing.
public final class Quotas {
  /// How many counters are kept: the ones unused for longest begin afresh.
  private static final int MOST = 200_000;

  private final LinkedHashMap<Account, Map<Dimension, Window>> accounts =
      new LinkedHashMap<>(16, 0.75f, true);

  /// Whose quota it is, and how it is counted. `owner` is a key, or a project of several.
  public record Account(
      String owner, String model, Quota quota, Refill refill, WindowLengths lengths) {
    Window window(Dimension dimension, long limit, Instant now) {
      return refill.window(limit, lengths.of(dimension), now);
    }
  }

  /// Takes one request of so many tokens, if all limits allow it.
  public synchronized Bill take(Account account, long tokens, Instant now) {
    if (account.quota().equals(Quota.NONE)) {
      return Bill.FREE;
    }
    var windows = accounts.computeIfAbsent(account, fresh -> windows(fresh, now));
    forgetEldest();
    var exceeded = new ArrayList<Meter>();
    windows.forEach((dimension, window) -> {
      if (window.left(now) < wanted(dimension, tokens)) {
        exceeded.add(meter(account, dimension, window, tokens, now));
      }
    });
    if (exceeded.isEmpty()) {
      windows.replaceAll((dimension, window) -> window.spend(wanted(dimension, tokens), now));
    }
    return new Bill(meters(account, windows, tokens, now), exceeded);
  }

  private static Map<Dimension, Window> windows(Account account, Instant now) {
    var windows = new EnumMap<Dimension, Window>(Dimension.class);
    account
        .quota()
        .limits()
        .forEach(
            (dimension, limit) -> windows.put(dimension, account.window(dimension, limit, now)));
    return windows;
  }

  private static List<Meter> meters(
      Account account, Map<Dimension, Window> windows, long tokens, Instant now) {
    var meters = new ArrayList<Meter>();
    windows.forEach(
        (dimension, window) -> meters.add(meter(account, dimension, window, tokens, now)));
    return meters;
  }

  private static Meter meter(
      Account account, Dimension dimension, Window window, long tokens, Instant now) {
    var wanted = wanted(dimension, tokens);
    var limit = account.quota().limits().getOrDefault(dimension, 0L);
    return new Meter(
        dimension,
        limit,
        window.left(now),
        wanted,
        window.until(wanted, now),
        window.untilFull(now));
  }

  private static long wanted(Dimension dimension, long tokens) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY -> 1;
      case TOKENS_PER_MINUTE -> tokens;
    };
  }

  private void forgetEldest() {
    if (accounts.size() > MOST) {
      accounts.pollFirstEntry();
    }
  }
}
