package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.WriteBehind.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class WriteBehindTest {

  private final Store store;

  WriteBehindTest(Store store) {
    this.store = store;
  }

  /// Longer than the patience of a rig that is impatient.
  private static final Duration LONG = Duration.ofMillis(500);

  @TempDir Path dir;

  @Test
  void its_own_thread_writes_also_after_a_turn_that_broke() {
    try (var rig = Rig.restless(store, dir)) {
      var turns = new AtomicInteger();
      var writer = new CompletableFuture<String>();
      rig.database
          .behind()
          .add(() -> {
            if (turns.getAndIncrement() == 0) {
              throw new IllegalStateException("the first turn breaks");
            }
            writer.complete(Thread.currentThread().getName());
            return Optional.empty();
          });
      assertThat(writer).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("store-writer");
    }
  }

  @Test
  void chores_are_left_to_the_thread_and_go_on_until_nothing_is_due() {
    try (var rig = Rig.restless(store, dir)) {
      var lots = new ArrayDeque<>(List.of(1, 2, 3));
      var writers = new LinkedBlockingQueue<String>();
      var over = new CompletableFuture<Void>();
      rig.database
          .behind()
          .addChore(() -> {
            writers.add(Thread.currentThread().getName());
            if (lots.isEmpty()) {
              over.complete(null);
            }
            return Optional.ofNullable(lots.poll()).map(_ -> new Batch(0, _ -> {}, () -> {}));
          });
      rig.database.behind().flush();
      assertThat(over).succeedsWithin(Duration.ofMinutes(1));
      assertThat(Set.copyOf(writers)).containsExactly("store-writer");
    }
  }

  @Test
  void large_batches_earn_longer_pauses() {
    try (var rig = Rig.in(store, dir)) {
      var sizes = new ArrayDeque<>(List.of(0, 999, 1000, 5000));
      rig.database
          .behind()
          .add(() ->
              Optional.ofNullable(sizes.poll()).map(size -> new Batch(size, _ -> {}, () -> {})));
      for (var paces : new int[] {1, 1, 2, 6, 1}) {
        assertThat(rig.database.behind().beat()).isEqualTo(paces);
      }
    }
  }

  @Test
  @DisplayName("F54 what failed is given back and tried again, at most every 50 paces")
  void what_failed_is_given_back_and_tried_again() {
    try (var rig = Rig.in(store, dir)) {
      var given = new AtomicInteger();
      var well = new AtomicInteger();
      rig.database
          .behind()
          .add(() ->
              Optional.of(
                  new Batch(
                      0,
                      handle -> handle.execute(well.get() == 0 ? "broken" : "SELECT 1"),
                      given::incrementAndGet)));
      for (var paces : new int[] {2, 4, 8, 16, 32, 50, 50}) {
        assertThat(rig.database.behind().beat()).isEqualTo(paces);
      }
      assertThat(given).hasValue(7);
      well.set(1);
      assertThat(rig.database.behind().beat()).isEqualTo(1);
    }
  }

  /// The turn lasts until the database is closed, or longer than anybody's patience.
  @Test
  @DisplayName("F83 a turn that takes longer than anybody's patience ends before its database does")
  void a_long_turn_ends_before_its_database() throws Exception {
    var begun = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    var read = new CompletableFuture<String>();
    var rig = Rig.restlessAndImpatient(store, dir);
    rig.database
        .behind()
        .add(() ->
            Optional.of(
                new Batch(
                    0,
                    handle -> {
                      begun.countDown();
                      await(closed);
                      read.complete(
                          handle.createQuery("SELECT 'it is open'").mapTo(String.class).one());
                    },
                    () -> {})));
    begun.await();
    rig.database.close();
    closed.countDown();
    assertThat(read).isCompletedWithValue("it is open");
  }

  private static void await(CountDownLatch closed) {
    try {
      closed.await(LONG.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
