package io.onebalance.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Alarms on a real event loop: what rings, in which order, and never early.
class WheelTest {
  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<List<String>> result = new CompletableFuture<>();
  private final List<String> rung = new ArrayList<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void rings_in_the_order_of_the_delays_and_never_early() throws Exception {
    var early = new ArrayList<String>();
    onLoop(wheel -> {
      var began = System.nanoTime();
      for (var delay : List.of(130, 0, 60, 260, 30)) {
        wheel.after(
            Duration.ofMillis(delay),
            () -> {
              rung.add("" + delay);
              if (System.nanoTime() - began < Duration.ofMillis(delay).toNanos()) {
                early.add("" + delay);
              }
              if (delay == 260) {
                result.complete(rung);
              }
            });
      }
    });
    assertThat(result.get(30, TimeUnit.SECONDS)).containsExactly("0", "30", "60", "130", "260");
    assertThat(early).isEmpty();
  }

  @Test
  void rings_once_and_not_at_all_when_taken_back() throws Exception {
    onLoop(wheel -> {
      var taken = wheel.after(Duration.ofMillis(20), () -> rung.add("taken back"));
      taken.cancel();
      taken.cancel();
      var ringing = wheel.after(Duration.ofMillis(20), () -> rung.add("rung"));
      wheel.after(
          Duration.ofMillis(120),
          () -> {
            ringing.cancel(); // after it rang: nothing
            result.complete(rung);
          });
    });
    assertThat(result.get(30, TimeUnit.SECONDS)).containsExactly("rung");
  }

  @Test
  void alarms_may_take_back_and_set_others_while_they_ring() throws Exception {
    onLoop(wheel -> {
      var alarms = new TreeMap<Integer, Wheel.Alarm>();
      for (var i = 0; i < 4; i++) {
        var number = i;
        alarms.put(
            number,
            wheel.after(
                Duration.ofMillis(20),
                () -> {
                  rung.add("" + number);
                  alarms.forEach((other, alarm) -> takeBackOdd(other, alarm));
                  wheel.after(Duration.ZERO, () -> rung.add("after " + number));
                }));
      }
      wheel.after(Duration.ofMillis(300), () -> result.complete(rung));
    });
    assertThat(result.get(30, TimeUnit.SECONDS)).containsExactly("0", "2", "after 0", "after 2");
  }

  @Test
  @DisplayName("a delay longer than one turn of the wheel")
  void does_not_ring_a_turn_early() throws Exception {
    var turn = Wheel.TICK.multipliedBy(1024);
    onLoop(wheel -> {
      wheel.after(turn.plus(Duration.ofMillis(50)), () -> rung.add("far"));
      wheel.after(Duration.ofMillis(100), () -> result.complete(rung));
    });
    assertThat(result.get(30, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void sets_a_thousand_alarms_of_any_delay() throws Exception {
    Map<Integer, Integer> times = new TreeMap<>();
    onLoop(wheel -> {
      for (var i = 0; i < 1000; i++) {
        var delay = i % 200;
        wheel.after(Duration.ofMillis(delay), () -> times.merge(delay, 1, Integer::sum));
      }
      wheel.after(Duration.ofMillis(400), () -> result.complete(rung));
    });
    result.get(30, TimeUnit.SECONDS);
    assertThat(times).hasSize(200).values().containsOnly(5);
  }

  @Test
  void its_time_goes_on_while_an_alarm_is_set() throws Exception {
    onLoop(wheel -> {
      var before = wheel.millis();
      wheel.after(
          Duration.ofMillis(100),
          () -> {
            rung.add(wheel.millis() - before >= 100 ? "went on" : "stood still");
            result.complete(rung);
          });
    });
    assertThat(result.get(30, TimeUnit.SECONDS)).containsExactly("went on");
  }

  private void onLoop(Consumer<Wheel> work) {
    vertx
        .getOrCreateContext()
        .runOnContext(_ -> {
          try {
            work.accept(new Wheel(vertx));
          } catch (RuntimeException broken) {
            result.completeExceptionally(broken);
          }
        });
  }

  private static void takeBackOdd(int number, Wheel.Alarm alarm) {
    if (number % 2 == 1) {
      alarm.cancel();
    }
  }
}
