package io.onebalance.served;

import io.onebalance.sandbox.quota.WindowLengths;
import java.time.Duration;

/// How a scenario's time is seen in real time: so many times as fast. A minute of the scenario
/// takes two seconds; what a provider calls a day lasts a minute, which is half an hour of the
/// scenario. All times are milliseconds.
///
/// @param from when the scenario begins, in its own time
/// @param began when that is in real time
record Lens(long from, long began) {
  static final int SPEED = 30;
  static final WindowLengths WINDOWS =
      new WindowLengths(Duration.ofSeconds(2), Duration.ofSeconds(60));

  static long real(long scenarioMillis) {
    return scenarioMillis / SPEED;
  }

  /// In the scenario's time.
  long seen(long realMillis) {
    return from + (realMillis - began) * SPEED;
  }

  /// In real time.
  long shown(long scenarioMillis) {
    return began + real(scenarioMillis - from);
  }

  /// The first lens after `earliest` under which windows that end with the clock do so in both
  /// times: minutes, and a midnight of the scenario with a day of the sandbox.
  static Lens after(long earliest, Truth truth) {
    var turn = truth.midnight().isPresent() ? WINDOWS.day() : WINDOWS.minute();
    var early = real(truth.midnight().orElse(0L));
    var length = turn.toMillis();
    return new Lens(
        truth.scenario().timing().start(), Math.ceilDiv(earliest + early, length) * length - early);
  }
}
