package io.onebalance.simulate;

import io.onebalance.simulate.policy.Dispatcher.States;
import io.onebalance.simulate.scenario.Fault;
import java.util.List;

/// What came of one policy playing one scenario. `cooling` is the part of all keys' time that they
/// spent in cooldown; `choiceNanos` is what one choice took on average, outside of virtual time.
public record Report(
    String policy,
    Sums sums,
    Delay delay,
    double cooling,
    double choiceNanos,
    Series series,
    List<Trial> trials) {
  public Report {
    trials = List.copyOf(trials);
  }

  /// Requests that came, were served and were given up; askings of keys; how many of them a
  /// clairvoyant would have served, and how many the quotas would have served of an endless demand.
  public record Sums(
      long arrived, long served, long failed, long attempts, long possible, long ceiling) {
    public double attemptsPerServed() {
      return (double) attempts / Math.max(1, served);
    }

    public double servedOfPossible() {
      return possible == 0 ? 1 : (double) served / possible;
    }

    public double utilisation() {
      return ceiling == 0 ? 0 : (double) served / ceiling;
    }
  }

  /// How long requests that were served were kept from the key that served them, in milliseconds.
  public record Delay(long p50, long p99) {}

  /// One minute after another.
  public record Series(List<Minute> minutes) {
    public Series {
      minutes = List.copyOf(minutes);
    }
  }

  /// Requests and askings of one minute since the start, and how the keys stood when it began.
  public record Minute(int arrived, int served, int failed, int asked, long possible, States keys) {
    public int wasted() {
      return Math.max(0, asked - served);
    }
  }

  /// What came of a time of trouble: how many requests came, how often keys were asked meanwhile,
  /// and how the keys stood before and at its end.
  public record Trial(Fault fault, long arrived, long asked, States before, States after) {
    public double askedPerArrived() {
      return (double) asked / Math.max(1, arrived);
    }
  }
}
