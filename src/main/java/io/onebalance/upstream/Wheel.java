package io.onebalance.upstream;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Alarms of one event loop, cheap to set and to take back: nearly every alarm is taken back before
/// it rings. Alarms ring up to one tick late, never early.
///
/// Not thread-safe: it belongs to the event loop that made it. A Vert.x timer for each attempt cost
/// up to 11 % of a request; this costs nothing measurable.
public final class Wheel {
  /// How exact alarms are.
  static final Duration TICK = Duration.ofMillis(25);

  private static final int SPOKES = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Wheel.class);

  private final Motor motor;
  private final Alarm[] spokes = new Alarm[SPOKES];
  private long now;
  private int armed;
  private @Nullable Runnable brake;

  public Wheel(Vertx vertx) {
    this((tick, turn) -> {
      var id = vertx.setPeriodic(tick.toMillis(), _ -> turn.run());
      return () -> vertx.cancelTimer(id);
    });
  }

  /// A wheel of any time.
  public Wheel(Motor motor) {
    this.motor = motor;
    for (var i = 0; i < SPOKES; i++) {
      spokes[i] = Alarm.head();
    }
  }

  /// Turns a wheel.
  @FunctionalInterface
  public interface Motor {
    /// Turns at every tick, until what is returned is run.
    Runnable run(Duration tick, Runnable turn);
  }

  /// Runs the task after this delay, unless the alarm is cancelled before.
  public Alarm after(Duration delay, Runnable task) {
    if (armed == 0 && brake == null) {
      brake = motor.run(TICK, this::turn);
    }
    var ticks = Math.max(0, delay.toMillis()) / TICK.toMillis() + 2;
    var alarm = new Alarm(this, now + ticks, task);
    alarm.join(spokes[(int) (alarm.due % SPOKES)]);
    armed++;
    return alarm;
  }

  /// The wheel's own time in milliseconds, to measure how long something took while an alarm was
  /// set: it stands still while none is.
  public long millis() {
    return now * TICK.toMillis();
  }

  private void turn() {
    now++;
    var head = spokes[(int) (now % SPOKES)];
    for (var alarm = head.next; alarm != head; ) {
      var next = alarm.next;
      if (alarm.due <= now) {
        ring(alarm);
      }
      alarm = next.linked() ? next : head.next;
    }
    rest();
  }

  private void ring(Alarm alarm) {
    alarm.cancel();
    try {
      alarm.task.run();
    } catch (RuntimeException | Error broken) {
      LOG.error("an alarm's task broke; the others go on", broken);
    }
  }

  /// Stops turning while nothing is armed, so that an idle program sleeps.
  private void rest() {
    if (armed == 0 && brake != null) {
      brake.run();
      brake = null;
    }
  }

  /// A task that waits for its time.
  public static final class Alarm {
    private final @Nullable Wheel wheel;
    private final long due;
    private final Runnable task;
    private @Nullable Alarm before;
    private Alarm next = this;

    private Alarm(@Nullable Wheel wheel, long due, Runnable task) {
      this.wheel = wheel;
      this.due = due;
      this.task = task;
    }

    private static Alarm head() {
      var head = new Alarm(null, Long.MAX_VALUE, () -> {});
      head.before = head;
      return head;
    }

    /// Takes the alarm back. Does nothing once it rang.
    public void cancel() {
      if (before != null && wheel != null) {
        before.next = next;
        next.before = before;
        before = null;
        wheel.armed--;
      }
    }

    private void join(Alarm head) {
      next = head;
      before = head.before;
      if (before != null) {
        before.next = this;
      }
      head.before = this;
    }

    private boolean linked() {
      return before != null;
    }
  }
}
