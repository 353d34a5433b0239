package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import io.onebalance.sse.FirstEvent;
import io.onebalance.sse.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Server-sent events. The first line tells how large the pieces are, the second how much of an
/// event is kept; the rest is the stream.
///
/// Wherever the stream is cut, the events are the same; they are those of a plain reading of the
/// specification; and what we write is read as it was meant.
final class EventStream implements Target {
  private static final int PLENTY = 1 << 20;

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var size = parts.number(1, 4096);
    var kept = parts.number(8, 4096);
    var stream = parts.rest();
    var whole = read(stream, stream.length + 1, PLENTY);
    assertSame(read(stream, size, PLENTY), whole);
    assertThat(shown(whole)).isEqualTo(plainly(stream));
    var bounded = read(stream, size, kept);
    assertThat(bounded)
        .allSatisfy(event -> assertThat(event.data()).hasSizeLessThanOrEqualTo(kept));
    assertThat(bounded).hasSize(whole.size());
    assertThat(first(stream, size)).isEqualTo(first(stream, stream.length + 1));
    checkWritten(new String(stream, StandardCharsets.UTF_8));
  }

  private static List<Event> read(byte[] stream, int size, int kept) {
    var events = new Events(kept);
    var found = new ArrayList<Event>();
    for (var from = 0; from < stream.length; from += size) {
      found.addAll(events.feed(stream, from, Math.min(stream.length, from + size)));
    }
    events.rest().ifPresent(found::add);
    return found;
  }

  private static Optional<String> first(byte[] stream, int size) {
    var waiting = new FirstEvent(PLENTY);
    for (var from = 0; from < stream.length; from += size) {
      var piece = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + size));
      var event = waiting.feed(piece);
      if (event.isPresent()) {
        return event.map(EventStream::shown);
      }
    }
    return waiting.rest().map(EventStream::shown);
  }

  private static void assertSame(List<Event> some, List<Event> others) {
    assertThat(shown(some)).isEqualTo(shown(others));
    assertThat(some.stream().map(Event::end).toList())
        .isEqualTo(others.stream().map(Event::end).toList());
  }

  private static List<String> shown(List<Event> events) {
    return events.stream().map(EventStream::shown).toList();
  }

  private static String shown(Event event) {
    return event.type() + "|" + event.id() + "|" + event.text();
  }

  /// The specification read line by line; a last event without its empty line counts.
  private static List<String> plainly(byte[] stream) {
    var found = new ArrayList<String>();
    var text = new String(stream, StandardCharsets.ISO_8859_1);
    var type = "";
    var id = "";
    var data = new ArrayList<String>();
    for (var line : (unmarked(text) + "\n\n").split("\r\n|\r|\n", -1)) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          found.add(utf8(type) + "|" + utf8(id) + "|" + utf8(String.join("\n", data)));
        }
        type = "";
        id = "";
        data.clear();
        continue;
      }
      var colon = line.indexOf(':');
      var name = colon < 0 ? line : line.substring(0, colon);
      var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (name) {
        case "data" -> data.add(value);
        case "event" -> type = value;
        case "id" -> id = value;
        default -> {
          // Comments and what nobody knows.
        }
      }
    }
    return found;
  }

  private static String unmarked(String latin) {
    return latin.startsWith("\u00EF\u00BB\u00BF") ? latin.substring(3) : latin;
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static void checkWritten(String data) {
    var read = read(Written.event("type", data), 3, PLENTY);
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().type()).isEqualTo("type");
    assertThat(read.getFirst().text()).isEqualTo(data.replaceAll("\r\n|\r", "\n"));
  }
}
