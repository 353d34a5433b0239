package io.onebalance.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How many keys each provider had ready of late, and when it runs out at this rate: what was lost
/// in the last quarter of an hour, less what came back, goes on. All methods of a provider lock.
public final class Trends {
  /// What is looked back upon.
  static final Duration WINDOW = Duration.ofMinutes(15);

  /// With less to look back upon nothing is foretold.
  static final Duration LEAST = Duration.ofMinutes(2);

  /// What lies further ahead is not worth a word.
  static final Duration FAREST = Duration.ofHours(24);

  private record Sample(Instant at, int ready) {}

  private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();

  /// Takes note of how many keys are ready now.
  public void sample(String provider, int ready, Instant now) {
    samples.compute(
        provider,
        (_, before) -> {
          var all = before == null ? new ArrayDeque<Sample>() : before;
          synchronized (all) {
            all.addLast(new Sample(now, ready));
            while (all.getFirst().at().isBefore(now.minus(WINDOW))) {
              all.removeFirst();
            }
          }
          return all;
        });
  }

  /// How long the keys last at this rate; empty where they do not become fewer, or last long.
  public Optional<Duration> runsOut(String provider) {
    var all = samples.get(provider);
    if (all == null) {
      return Optional.empty();
    }
    synchronized (all) {
      return runsOut(all.getFirst(), all.getLast());
    }
  }

  private static Optional<Duration> runsOut(Sample first, Sample last) {
    var passed = Duration.between(first.at(), last.at());
    var lost = first.ready() - last.ready();
    if (passed.compareTo(LEAST) < 0 || lost <= 0 || last.ready() == 0) {
      return Optional.empty();
    }
    var left = Duration.ofMillis(passed.toMillis() * last.ready() / lost);
    return Optional.of(left).filter(time -> time.compareTo(FAREST) < 0);
  }
}
