package io.onebalance.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// How often each provider served and failed in the last minute. Thread-safe.
public final class Traffic {
  private static final long SLICE_SECONDS = 10;
  private static final long MINUTE_SECONDS = 60;

  /// So many times in a span of time.
  public record Count(long served, long failed) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(served + other.served, failed + other.failed);
    }
  }

  private record Slice(long number, Count count) {}

  private final Map<String, Deque<Slice>> byProvider = new HashMap<>();

  /// A key of this provider was asked; `failed` means that the provider itself was at fault.
  public synchronized void asked(String provider, boolean served, boolean failed, Instant at) {
    if (!served && !failed) {
      return;
    }
    var slices = byProvider.computeIfAbsent(provider, _ -> new ArrayDeque<>());
    var number = at.getEpochSecond() / SLICE_SECONDS;
    var one = new Count(served ? 1 : 0, failed ? 1 : 0);
    var last = slices.peekLast();
    if (last != null && last.number() >= number) {
      slices.removeLast();
      slices.addLast(new Slice(last.number(), last.count().plus(one)));
    } else {
      slices.addLast(new Slice(number, one));
    }
    forget(slices, at);
  }

  /// What the last minute brought.
  public synchronized Count of(String provider, Instant now) {
    var slices = byProvider.get(provider);
    if (slices == null) {
      return Count.NONE;
    }
    forget(slices, now);
    forgetWhatIsToCome(slices, now);
    return slices.stream().map(Slice::count).reduce(Count.NONE, Count::plus);
  }

  /// A clock that was ahead left a slice behind that nothing later would add to, and nothing end.
  private static void forgetWhatIsToCome(Deque<Slice> slices, Instant now) {
    while (!slices.isEmpty() && slices.peekLast().number() > now.getEpochSecond() / SLICE_SECONDS) {
      slices.removeLast();
    }
  }

  private static void forget(Deque<Slice> slices, Instant now) {
    var oldest = (now.getEpochSecond() - MINUTE_SECONDS) / SLICE_SECONDS;
    while (!slices.isEmpty() && slices.peekFirst().number() <= oldest) {
      slices.removeFirst();
    }
  }
}
