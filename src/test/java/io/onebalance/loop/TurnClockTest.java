package io.onebalance.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnClockTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicInteger readings = new AtomicInteger();
  private final TurnClock clock =
      TurnClock.of(loop, () -> Instant.ofEpochSecond(readings.incrementAndGet()));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void all_of_a_turn_has_one_time_and_the_next_turn_another() {
    assertThat(inTurn(() -> List.of(clock.instant(), clock.instant(), clock.instant())))
        .containsOnly(Instant.ofEpochSecond(1));
    assertThat(inTurn(clock::instant)).isEqualTo(Instant.ofEpochSecond(2));
  }

  @Test
  void other_threads_are_told_the_time_itself() {
    assertThat(inTurn(clock::instant)).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(3));
  }

  private <T> T inTurn(Supplier<T> work) {
    var done = Promise.<T>promise();
    loop.runOnContext(_ -> done.complete(work.get()));
    return done.future().await();
  }
}
