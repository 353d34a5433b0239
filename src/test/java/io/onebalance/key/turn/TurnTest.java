package io.onebalance.key.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnTest {
  @Test
  void a_ring_walks_like_a_sorted_set() {
    var random = new SplittableRandom(7);
    var ring = new Ring();
    var naive = new TreeSet<Integer>();
    var cursor = 0;
    for (var step = 0; step < 50_000; step++) {
      var number = random.nextInt(random.nextBoolean() ? 100 : 300_000);
      switch (random.nextInt(3)) {
        case 0 -> {
          ring.add(number);
          naive.add(number);
        }
        case 1 -> {
          ring.drop(number);
          naive.remove(number);
        }
        default -> {
          var next = naive.ceiling(cursor);
          var expected = naive.isEmpty() ? Ring.NONE : next == null ? naive.first() : next;
          assertThat(ring.next()).isEqualTo(expected);
          cursor = expected == Ring.NONE ? cursor : expected + 1;
        }
      }
      assertThat(ring.size()).isEqualTo(naive.size());
      assertThat(ring.has(number)).isEqualTo(naive.contains(number));
    }
  }

  @Test
  void a_copy_of_a_ring_goes_its_own_way() {
    var ring = new Ring();
    IntStream.range(0, 200).forEach(ring::add);
    var copy = ring.copy();
    copy.drop(100);
    assertThat(ring.has(100)).isTrue();
    assertThat(copy.size()).isEqualTo(199);
  }

  @Test
  void a_heap_of_times_gives_the_soonest_first() {
    var random = new SplittableRandom(7);
    var heap = new TimeHeap();
    var naive = new PriorityQueue<Long>();
    for (var step = 0; step < 20_000; step++) {
      if (random.nextInt(5) < 3) {
        var time = random.nextLong(1_000);
        heap.add(time, (int) time);
        naive.add(time);
      } else if (!naive.isEmpty()) {
        assertThat(heap.firstNumber()).isEqualTo((int) heap.firstTime());
        heap.removeFirst();
        naive.remove();
      }
      assertThat(heap.firstTime()).isEqualTo(naive.isEmpty() ? Long.MAX_VALUE : naive.peek());
    }
  }

  @Test
  void a_rota_uses_equals_exactly_alike() {
    var rings = new WeightedRings();
    IntStream.range(0, 100).forEach(number -> rings.add(number, 7));
    var given = new ArrayList<Integer>();
    for (var i = 0; i < 300; i++) {
      given.add(rings.ring(rings.draw(new SplittableRandom(1)), 0).next());
    }
    assertThat(given.subList(200, 300))
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void a_rota_draws_rings_by_their_weight() {
    var random = new SplittableRandom(3);
    var rings = new WeightedRings();
    rings.add(0, 100);
    IntStream.rangeClosed(1, 100).forEach(number -> rings.add(number, 1));
    var heavy = 0;
    for (var i = 0; i < 10_000; i++) {
      heavy += rings.ring(rings.draw(random), 0).next() == 0 ? 1 : 0;
    }
    assertThat(heavy).isBetween(4_800, 5_200);
  }
}
