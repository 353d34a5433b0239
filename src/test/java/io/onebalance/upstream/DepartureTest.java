package io.onebalance.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private final Departure client = new Departure();
  private final List<String> stopped = new ArrayList<>();

  @Test
  void stops_what_is_under_way_once() {
    client.stops(() -> stopped.add("call"));
    client.happened();
    client.happened();
    assertThat(stopped).containsExactly("call");
    assertThat(client.isOver()).isTrue();
  }

  @Test
  void stops_only_what_was_named_last() {
    client.stops(() -> stopped.add("first"));
    client.stops(() -> stopped.add("second"));
    client.happened();
    assertThat(stopped).containsExactly("second");
  }

  @Test
  void stops_nothing_between_two_pieces_of_work() {
    client.stops(() -> stopped.add("call"));
    client.stopsNothing();
    client.happened();
    assertThat(stopped).isEmpty();
  }

  @Test
  void stops_at_once_what_begins_after_the_client_left() {
    client.happened();
    client.stops(() -> stopped.add("late"));
    client.stopsNothing();
    assertThat(stopped).containsExactly("late");
  }

  @Test
  void work_that_names_other_work_while_it_is_stopped_stops_that_too() {
    client.stops(() -> client.stops(() -> stopped.add("next")));
    client.happened();
    assertThat(stopped).containsExactly("next");
    assertThat(client.isOver()).isTrue();
  }
}
