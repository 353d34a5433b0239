package io.onebalance.relay.exchange;

import io.onebalance.upstream.Wheel;
import java.time.Duration;

/// Notices that a client says nothing for longer than it may. Where we do not listen, since whoever
/// takes the body is slow, it is not to blame.
///
/// There is one alarm a body, not a piece: it looks when the last one came.
final class Silence {
  private final Wheel wheel;
  private final Duration most;
  private final Runnable tooLong;
  private Wheel.Alarm alarm;
  private long heard;
  private boolean deaf;

  Silence(Wheel wheel, Duration most, Runnable tooLong) {
    this.wheel = wheel;
    this.most = most;
    this.tooLong = tooLong;
    this.alarm = wheel.after(most, this::look);
    this.heard = wheel.millis();
  }

  void heard() {
    heard = wheel.millis();
  }

  /// We listen no more, for a while.
  void deaf() {
    deaf = true;
  }

  void listening() {
    deaf = false;
    heard();
  }

  void over() {
    alarm.cancel();
  }

  private void look() {
    if (deaf) {
      heard();
    }
    var rest = most.toMillis() - (wheel.millis() - heard);
    if (rest <= 0) {
      tooLong.run();
    } else {
      alarm = wheel.after(Duration.ofMillis(rest), this::look);
    }
  }
}
