package io.onebalance.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private record Event(long time, int number) {}

  @Test
  void events_happen_in_the_order_of_their_times_and_then_of_their_planning() {
    var time = new Timeline(0);
    var chance = new SplittableRandom(1);
    var planned = new ArrayList<Event>();
    var happened = new ArrayList<Event>();
    for (var i = 0; i < 5000; i++) {
      var event = new Event(chance.nextLong(500), i);
      planned.add(event);
      time.at(
          event.time,
          () -> {
            assertThat(time.now()).isEqualTo(event.time);
            happened.add(event);
          });
    }
    while (time.next() != Timeline.NEVER) {
      time.step();
    }
    planned.sort(Comparator.comparingLong(Event::time).thenComparingInt(Event::number));
    assertThat(happened).isEqualTo(planned);
  }

  @Test
  void an_event_may_plan_others_and_none_lies_in_the_past() {
    var time = new Timeline(100);
    var happened = new ArrayList<Long>();
    time.after(10, () -> time.at(5, () -> happened.add(time.now())));
    time.step();
    time.step();
    assertThat(happened).isEqualTo(List.of(110L));
  }
}
