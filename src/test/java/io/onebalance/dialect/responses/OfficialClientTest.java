package io.onebalance.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.sse.Event;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenAI's own Java client reads what we write, and finds nothing missing.
class OfficialClientTest {
  private static final String ASKED =
      "{\"model\":\"m\",\"input\":\"Hi\",\"include\":[\"reasoning.encrypted_content\"]}";

  @ParameterizedTest
  @ValueSource(strings = {"text", "thought-and-calls", "items-only", "refusal", "length"})
  void every_event_is_valid_and_they_add_up_to_the_whole_answer(String name) throws Exception {
    var deltas = Vectors.read(List.of(Vectors.bytes(name + ".sse")));
    var envelope = Vectors.envelope(ASKED);
    var accumulator = ResponseAccumulator.create();
    for (var event : Vectors.told(envelope, deltas)) {
      accumulator.accumulate(read(event));
    }
    var whole = new ResponsesClient().write(Vectors.gathered(deltas), envelope).toString();
    var response = ObjectMappers.jsonMapper().readValue(whole, Response.class).validate();
    assertThat(accumulator.response()).isEqualTo(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OVERLOADED", "BROKEN", "LIMITED", "INVALID"})
  void failures_are_valid(Failure.Kind kind) throws Exception {
    var failed = new Delta.Failed(new Failure(kind, "m"));
    for (var event : Vectors.told(Vectors.envelope(ASKED), List.of(failed))) {
      read(event);
    }
  }

  private static ResponseStreamEvent read(Event event) throws Exception {
    return ObjectMappers.jsonMapper().readValue(event.text(), ResponseStreamEvent.class).validate();
  }
}
