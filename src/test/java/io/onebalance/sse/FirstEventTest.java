package io.onebalance.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstEventTest {
  private static Optional<Event> first(String stream) {
    var waiting = new FirstEvent(1 << 16);
    for (var c : stream.getBytes(UTF_8)) {
      var event = waiting.feed(new byte[] {c});
      if (event.isPresent()) {
        return event;
      }
    }
    return Optional.empty();
  }

  @ParameterizedTest
  @DisplayName("F10 F11 a stream is held until its first event that says something")
  @ValueSource(
      strings = {
        "",
        ": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n",
        "event: ping\ndata: {\"type\": \"ping\"}\n\n",
        "data: {\"type\": \"ping\"}\n\n",
        "event: keepalive\ndata: {\"type\":\"keepalive\",\"sequence_number\":3}\n\n",
        "data: {\"candidates\":[]}\n"
      })
  void comments_pings_and_halves_are_not_yet_an_answer(String stream) {
    assertThat(first(stream)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: message_start\ndata: {\"type\":\"message_start\"}\n\n",
        "event: error\ndata: {\"type\":\"error\"}\n\n",
        "data: {\"id\":\"chatcmpl-1\",\"type\":\"ping\"}\n\n",
        "data: {\"type\":\"pingpong\"}\n\n",
        "data: {\"error\":{\"code\":429}}\n\n",
        "data: [DONE]\n\n",
        "data:\n\n"
      })
  void the_first_real_event_ends_the_waiting(String stream) {
    assertThat(first(": hi\n\nevent: ping\ndata: {}\n\n" + stream + "data: later\n\n"))
        .hasValueSatisfying(it -> assertThat(stream).contains(it.text()));
  }

  @Test
  void a_stream_that_ends_within_its_first_event_still_tells_it() {
    var waiting = new FirstEvent(1 << 16);
    assertThat(waiting.feed("data: {\"error\":{}}".getBytes(UTF_8))).isEmpty();
    assertThat(waiting.rest()).get().extracting(Event::text).isEqualTo("{\"error\":{}}");
  }
}
