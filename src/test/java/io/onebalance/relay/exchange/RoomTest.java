package io.onebalance.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("F71 the memory that all bodies share")
class RoomTest {
  private static final int FREE = Room.FREE;

  private final Room room = new Room(100);

  @Test
  void the_beginning_of_each_body_is_free() {
    for (var i = 0; i < 3; i++) {
      assertThat(room.new Share().covers(FREE)).isTrue();
    }
    assertThat(room.taken()).isZero();
  }

  @Test
  void a_body_takes_what_it_grows_by() {
    var share = room.new Share();
    assertThat(share.covers(FREE + 10)).isTrue();
    assertThat(share.covers(FREE + 60)).isTrue();
    assertThat(share.covers(FREE + 60)).isTrue();
    assertThat(room.taken()).isEqualTo(60);
  }

  @Test
  void what_finds_no_room_takes_none_and_keeps_what_it_has() {
    var one = room.new Share();
    var other = room.new Share();
    assertThat(one.covers(FREE + 60)).isTrue();
    assertThat(other.covers(FREE + 40)).isTrue();
    assertThat(other.covers(FREE + 41)).isFalse();
    assertThat(room.taken()).isEqualTo(100);
  }

  @Test
  void what_is_given_back_is_given_back_once() {
    var one = room.new Share();
    var other = room.new Share();
    assertThat(one.covers(FREE + 60) && other.covers(FREE + 30)).isTrue();
    one.giveBack();
    one.giveBack();
    assertThat(room.taken()).isEqualTo(30);
    assertThat(other.covers(FREE + 100)).isTrue();
  }

  @Test
  void many_threads_take_and_give_back() {
    try (var threads = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, 4).forEach(_ -> threads.execute(this::takeAndGiveBack));
    }
    assertThat(room.taken()).isZero();
  }

  private void takeAndGiveBack() {
    for (var i = 0; i < 10_000; i++) {
      var share = room.new Share();
      if (share.covers(FREE + 1 + i % 70)) {
        assertThat(room.taken()).isBetween(1L, 100L);
      }
      share.giveBack();
    }
  }
}
