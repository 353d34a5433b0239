package io.onebalance.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final int LONGEST = 1 << 16;

  /// A stream, and what its events are, written as `type|id|data`.
  private record Vector(String stream, String... events) {
    byte[] bytes() {
      return stream.getBytes(UTF_8);
    }
  }

  private static final List<Vector> VECTORS =
      List.of(
          new Vector("data: a\n\ndata: b\n\n", "||a", "||b"),
          new Vector("data: a\r\n\r\ndata: b\r\n\r\n", "||a", "||b"),
          new Vector("data: a\r\rdata: b\r\r", "||a", "||b"),
          new Vector("data: a\r\n\ndata: b\n\r\n", "||a", "||b"),
          new Vector("event: x\nid: 7\ndata: a\n\ndata: b\n\n", "x|7|a", "||b"),
          new Vector(
              """
              event: message_start
              data: {"type":"message_start"}

              event: ping
              data: {"type":"ping"}

              """,
              "message_start||{\"type\":\"message_start\"}",
              "ping||{\"type\":\"ping\"}"),
          new Vector(": OPENROUTER PROCESSING\n\n:\n\ndata: a\n\n", "||a"),
          new Vector("data: a\ndata:b\ndata:  c\n\n", "||a\nb\n c"),
          new Vector("data\n\n", "||"),
          new Vector("data:\n\n", "||"),
          new Vector("data\ndata\n\n", "||\n"),
          new Vector("event: x\n\ndata: a\n\n", "||a"),
          new Vector("\uFEFFdata: a\n\n", "||a"),
          new Vector("\uFEFF\n\ndata: a\n\n", "||a"),
          new Vector("\n\n\ndata: a\n\n\n\n", "||a"),
          new Vector("retry: 10\nunknown\nfoo: bar\ndata: a: b\n\n", "||a: b"),
          new Vector("data: ä😀你\nevent: ü\n\n", "ü||ä😀你"),
          new Vector("data: [DONE]\n\n", "||[DONE]"),
          new Vector("data: open\n"),
          new Vector(""));

  private static List<String> read(byte[] stream, int... cuts) {
    var events = new Events(LONGEST);
    var all = new ArrayList<Event>();
    var from = 0;
    for (var cut : cuts) {
      all.addAll(events.feed(Arrays.copyOfRange(stream, from, cut)));
      from = cut;
    }
    all.addAll(events.feed(stream, from, stream.length));
    return all.stream().map(it -> it.type() + "|" + it.id() + "|" + it.text()).toList();
  }

  @Test
  @DisplayName("P13 events are found wherever the bytes are cut")
  void every_single_cut_gives_the_same_events() {
    for (var vector : VECTORS) {
      var stream = vector.bytes();
      assertThat(read(stream)).as(vector.stream()).containsExactly(vector.events());
      for (var cut = 0; cut <= stream.length; cut++) {
        assertThat(read(stream, cut)).as(vector.stream() + cut).containsExactly(vector.events());
      }
      for (var cut = 0; cut + 1 <= stream.length; cut++) {
        assertThat(read(stream, cut, cut + 1)).as(vector.stream()).containsExactly(vector.events());
      }
    }
  }

  @Test
  void one_byte_at_a_time_gives_the_same_events() {
    for (var vector : VECTORS) {
      var cuts = new int[vector.bytes().length];
      Arrays.setAll(cuts, i -> i + 1);
      assertThat(read(vector.bytes(), cuts)).as(vector.stream()).containsExactly(vector.events());
    }
  }

  @Test
  void random_cuts_give_the_same_events() {
    var random = new Random(3);
    for (var round = 0; round < 2000; round++) {
      var vector = VECTORS.get(random.nextInt(VECTORS.size()));
      var length = vector.bytes().length;
      var cuts = random.ints(random.nextInt(6), 0, length + 1).sorted().toArray();
      assertThat(read(vector.bytes(), cuts)).as(vector.stream()).containsExactly(vector.events());
    }
  }

  @Test
  void an_event_knows_where_it_ended() {
    var events = new Events(LONGEST);
    var first = events.feed("data: a\n\ndata".getBytes(UTF_8));
    var second = events.feed(": b\n\n: x".getBytes(UTF_8));
    assertThat(first).extracting(Event::end).containsExactly(9L);
    assertThat(second).extracting(Event::end).containsExactly(18L);
  }

  @Test
  void an_event_beyond_the_limit_is_cut_and_said_to_be() {
    for (var stream :
        List.of("data: " + "x".repeat(500) + "\n\n", "data: 0123456789\n".repeat(50) + "\n")) {
      var events = new Events(100);
      var found = events.feed((stream + "data: next\n\n").getBytes(UTF_8));
      assertThat(found).extracting(Event::whole).containsExactly(false, true);
      assertThat(found.getFirst().data()).hasSizeLessThanOrEqualTo(100);
      assertThat(found.getLast().text()).isEqualTo("next");
    }
  }

  @Test
  void what_was_begun_is_told_at_the_end() {
    for (var stream : List.of("data: a", "data: a\n", "event: x\r\ndata: a\r\n")) {
      var events = new Events(LONGEST);
      assertThat(events.feed(stream.getBytes(UTF_8))).isEmpty();
      assertThat(events.rest()).get().extracting(Event::text).isEqualTo("a");
    }
    assertThat(new Events(LONGEST).rest()).isEmpty();
  }
}
