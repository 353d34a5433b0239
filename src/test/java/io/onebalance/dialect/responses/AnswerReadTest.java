package io.onebalance.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.UnreadableAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReadTest {
  private final ResponsesProvider provider = new ResponsesProvider();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "thought-and-calls",
        "items-only",
        "end-only",
        "refusal",
        "length",
        "filtered"
      })
  void a_stream_says_the_same_however_it_is_cut_and_the_same_as_the_whole_answer(String name) {
    var stream = Vectors.bytes(name + ".sse");
    var deltas = Vectors.read(List.of(stream));
    assertThat(Vectors.gathered(deltas))
        .isEqualTo(provider.read(Vectors.json(name + ".json"), Vectors.ID));
    for (var at = 0; at <= stream.length; at++) {
      assertThat(Vectors.read(Vectors.cut(stream, at))).as("cut at %d", at).isEqualTo(deltas);
    }
    var bytes = IntStream.range(0, stream.length).mapToObj(i -> new byte[] {stream[i]}).toList();
    assertThat(Vectors.read(bytes)).isEqualTo(deltas);
    var text = new String(stream, StandardCharsets.UTF_8);
    assertThat(Vectors.read(text.replace("\n", "\r\n"))).isEqualTo(deltas);
  }

  @Test
  void thoughts_calls_and_usage_are_what_they_say() {
    var reply = provider.read(Vectors.json("thought-and-calls.json"), Vectors.ID);
    var seal = new Signature(Signature.Maker.OPENAI, "gAAAAB-sealed");
    var trip = new ToolName("weather", Optional.of("trip"), false);
    var choice = reply.choices().getFirst();
    assertThat(choice.parts())
        .containsExactly(
            new Part.Thinking("First.\n\nSecond.", Optional.of(seal)),
            Part.Text.of("Let me look."),
            new Part.ToolCall(
                ToolName.of("weather"), "call_1", "{\"city\":\"Lisbon\"}", Optional.empty()),
            new Part.ToolCall(trip, "call_2", "{\"city\":\"Porto\"}", Optional.empty()));
    assertThat(choice.reason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(reply.usage()).contains(new Usage(80, 0, 0, 60, 32));
  }

  @Test
  void a_hidden_thought_behind_a_text_seals_no_text() {
    var parts =
        provider.read(Vectors.json("filtered.json"), Vectors.ID).choices().getFirst().parts();
    assertThat(parts.getFirst()).isEqualTo(Part.Text.of("I think"));
    assertThat(parts.get(1)).isInstanceOf(Part.Thinking.class);
    assertThat(parts.get(2)).isInstanceOf(Part.Media.class);
  }

  @ParameterizedTest
  @CsvSource({
    "text,STOP",
    "refusal,REFUSED",
    "length,LENGTH",
    "filtered,REFUSED",
    "items-only,TOOL_CALLS"
  })
  void an_answer_ends_for_the_reason_it_gives(String name, FinishReason reason) {
    var choice = provider.read(Vectors.json(name + ".json"), Vectors.ID).choices().getFirst();
    assertThat(choice.reason()).isEqualTo(reason);
  }

  @Test
  void open_thoughts_and_custom_calls_are_read() {
    var parts =
        provider.read(Vectors.json("items-only.json"), Vectors.ID).choices().getFirst().parts();
    assertThat(parts)
        .containsExactly(
            new Part.Thinking("Open thought.", Optional.empty()),
            new Part.ToolCall(
                new ToolName("apply_patch", Optional.empty(), true),
                "call_9",
                "*** Begin Patch\n+\"x\"\n",
                Optional.empty()));
  }

  @Test
  void a_stream_that_ends_early_is_broken_wherever_it_ends() {
    var stream = new String(Vectors.bytes("thought-and-calls.sse"), StandardCharsets.UTF_8);
    var last = stream.lastIndexOf("event: response.completed");
    for (var at = 0; at <= last; at = Math.max(at + 1, stream.indexOf("\n\n", at + 1))) {
      var deltas = Vectors.read(stream.substring(0, at));
      assertThat(deltas.getLast())
          .isInstanceOfSatisfying(
              Delta.Failed.class,
              failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.BROKEN));
      assertThat(deltas).noneMatch(Delta.Finished.class::isInstance);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'response.failed','response':{'error':{'code':'server_error','message':'m'}}} |"
            + " BROKEN",
        "{'type':'response.failed','response':{'error':{'code':'rate_limit_exceeded','message':'m'}}}"
            + " | LIMITED",
        "{'type':'response.failed','response':{'error':{'code':'server_is_overloaded','message':'m'}}}"
            + " | OVERLOADED",
        "{'type':'error','code':'context_length_exceeded','message':'m','param':null} | INVALID",
        "{'type':'error','error':{'type':'invalid_request_error','code':null,'message':'m'}} |"
            + " INVALID",
        "{'error':{'type':'server_error','message':'m'}} | BROKEN",
        "{'type':'response.failed'} | BROKEN",
        "not json | BROKEN",
        "[] | BROKEN",
      })
  void a_failure_in_the_stream_is_of_its_kind(String data, Failure.Kind kind) {
    var stream =
        "data: " + data.replace('\'', '"') + "\n\ndata: {\"type\":\"response.completed\"}\n\n";
    assertThat(Vectors.read(stream))
        .singleElement()
        .isInstanceOfSatisfying(
            Delta.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "7", "{\"output\":[],\"status\":\"failed\"}", "{\"output\":{}}"})
  void what_is_no_answer_is_unreadable(String body) {
    assertThatExceptionOfType(UnreadableAnswer.class)
        .isThrownBy(() -> provider.read(Vectors.parsed(body), Vectors.ID));
  }

  @Test
  void a_call_without_an_id_gets_one() {
    var body = "{\"output\":[{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}]}";
    assertThat(provider.read(Vectors.parsed(body), Vectors.ID).choices().getFirst().parts())
        .containsExactly(
            new Part.ToolCall(ToolName.of("f"), "call_req-1_0", "{}", Optional.empty()));
  }
}
