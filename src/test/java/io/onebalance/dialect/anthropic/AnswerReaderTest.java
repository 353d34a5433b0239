package io.onebalance.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.UnreadableAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers answer, as we read it.
class AnswerReaderTest {
  private static final String STREAM =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"usage":{"input_tokens":25,"cache_read_input_tokens":10,"cache_creation_input_tokens":5,"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm… 😀"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"own"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"dark"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: ping
      data: {"type": "ping"}

      event: content_block_start
      data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Grüße, "}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"page_location"}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Lisboa"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":2}

      event: content_block_start
      data: {"type":"content_block_start","index":3,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\":1}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":3}

      event: content_block_start
      data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":"\\"Lisboa\\"}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":4}

      event: content_block_start
      data: {"type":"content_block_start","index":5,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":5}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89,"output_tokens_details":{"thinking_tokens":40}}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  private static final List<Delta> DELTAS =
      List.of(
          new Delta.Used(new Usage(40, 10, 5, 1, 0)),
          new Delta.Thinking(0, "Hm… 😀"),
          new Delta.Signed(0, new Signature(Maker.ANTHROPIC, "own")),
          new Delta.Redacted(0, new Signature(Maker.ANTHROPIC, "dark")),
          new Delta.Text(0, "Grüße, "),
          new Delta.Text(0, "Lisboa"),
          new Delta.CallOpened(0, 0, ToolName.of("weather"), "toolu_1", Optional.empty()),
          new Delta.CallPiece(0, 0, "{\"city\":"),
          new Delta.CallPiece(0, 0, "\"Lisboa\"}"),
          new Delta.CallOpened(0, 1, ToolName.of("now"), "toolu_2", Optional.empty()),
          new Delta.CallPiece(0, 1, "{}"),
          new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()),
          new Delta.Used(new Usage(40, 10, 5, 89, 40)));

  private static final String WHOLE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
       {"type":"thinking","thinking":"Hm… 😀","signature":"own"},{"type":"redacted_thinking","data":"dark"},
       {"type":"text","text":"Grüße, "},{"type":"text","text":"Lisboa"},
       {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":1}},
       {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Lisboa"}},
       {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],
       "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":25,"cache_read_input_tokens":10,
       "cache_creation_input_tokens":5,"output_tokens":89,"output_tokens_details":{"thinking_tokens":40}}}
      """;

  @Test
  void a_stream_is_read() {
    assertThat(Heard.read(STREAM)).isEqualTo(DELTAS);
  }

  @Test
  void a_stream_is_the_same_wherever_it_is_cut() {
    for (var stream : List.of(STREAM, STREAM.replace("\n", "\r\n"))) {
      var bytes = stream.getBytes(UTF_8);
      for (var cut = 0; cut <= bytes.length; cut++) {
        var pieces =
            List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
        assertThat(Heard.read(pieces)).as("cut at " + cut).isEqualTo(DELTAS);
      }
      assertThat(Heard.read(bytes, 1)).isEqualTo(DELTAS);
    }
  }

  @Test
  void a_whole_answer_is_what_its_stream_gathers_to() {
    var whole = new AnthropicProvider().read(Say.json(WHOLE), Say.REQUEST_ID);
    assertThat(Heard.gathered(DELTAS)).isEqualTo(whole);
    assertThat(whole.choices().getFirst().parts())
        .contains(
            Part.Text.of("Grüße, Lisboa"), Say.call("weather", "toolu_1", "{\"city\":\"Lisboa\"}"));
  }

  @Test
  void a_stream_that_ends_early_is_broken_wherever_that_is() {
    var blocks = STREAM.split("\n\n");
    for (var kept = 0; kept < blocks.length; kept++) {
      var cut = String.join("\n\n", Arrays.copyOf(blocks, kept)) + "\n\n";
      assertThat(Heard.read(cut).getLast())
          .isInstanceOfSatisfying(
              Delta.Failed.class,
              failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.BROKEN));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error, OVERLOADED, why",
    "rate_limit_error, LIMITED, why",
    "invalid_request_error, INVALID, why",
    "api_error, BROKEN, why",
    "new_error, BROKEN, why",
    "authentication_error, BROKEN, the provider refused to go on",
    "permission_error, BROKEN, the provider refused to go on",
    "billing_error, BROKEN, the provider refused to go on"
  })
  void an_error_in_the_middle_is_a_failure(String type, Failure.Kind kind, String message) {
    var start = STREAM.substring(0, STREAM.indexOf("event: ping"));
    var error =
        "event: error\ndata: {'type': 'error', 'error': {'type': '"
            + type
            + "', 'message': 'why'}}\n\n";
    var deltas = Heard.read(start + error.replace('\'', '"') + STREAM);
    assertThat(deltas.getLast()).isEqualTo(new Delta.Failed(new Failure(kind, message)));
  }

  @Test
  void the_end_tells_the_output_and_may_keep_quiet_about_the_input() {
    var stream =
        """
        data: {"type":"message_start","message":{"usage":{"input_tokens":12,"output_tokens":1}}}

        data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"input_tokens":0,"output_tokens":0}}

        data: {"type":"message_stop"}

        """;
    assertThat(Heard.read(stream).getLast()).isEqualTo(new Delta.Used(new Usage(12, 0, 0, 0, 0)));
  }

  @Test
  void what_is_no_json_is_a_failure() {
    assertThat(Heard.read("data: {oops\n\n"))
        .containsExactly(
            new Delta.Failed(
                new Failure(Failure.Kind.BROKEN, "an event of the answer is no JSON")));
  }

  @Test
  void a_done_behind_the_end_is_passed_over() {
    assertThat(Heard.read(STREAM + "data: [DONE]\n\n")).isEqualTo(DELTAS);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, STOP",
    "stop_sequence, STOP_SEQUENCE",
    "max_tokens, LENGTH",
    "model_context_window_exceeded, LENGTH",
    "pause_turn, PAUSED",
    "refusal, REFUSED",
    "tool_use, STOP",
    "new_reason, STOP"
  })
  void every_reason_is_read(String stopReason, FinishReason reason) {
    var answer =
        "{'content': [{'type': 'text', 'text': 'Hi'}], 'stop_reason': '"
            + stopReason
            + "', 'stop_sequence': 'END'}";
    var choice =
        new AnthropicProvider().read(Say.json(answer), Say.REQUEST_ID).choices().getFirst();
    assertThat(choice.reason()).isEqualTo(reason);
    assertThat(choice.stop()).contains("END");
  }

  @Test
  void a_call_that_ends_its_turn_is_a_reason_to_wait_for_it() {
    var answer = "{'content': [{'type': 'tool_use', 'name': 'now'}], 'stop_reason': 'end_turn'}";
    var choice =
        new AnthropicProvider().read(Say.json(answer), Say.REQUEST_ID).choices().getFirst();
    assertThat(choice.reason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(choice.parts())
        .satisfiesExactly(part -> {
          var call = (Part.ToolCall) part;
          assertThat(call.arguments()).isEqualTo("{}");
          assertThat(call.id()).matches("toolu_[A-Za-z0-9]{24}");
        });
  }

  @Test
  void an_empty_answer_has_a_choice_without_parts() {
    var reply =
        new AnthropicProvider()
            .read(Say.json("{'content': [], 'stop_reason': 'end_turn'}"), Say.REQUEST_ID);
    assertThat(reply.choices()).hasSize(1);
    assertThat(reply.choices().getFirst().parts()).isEmpty();
    assertThat(reply.usage()).isEmpty();
  }

  @Test
  void the_answer_of_the_tool_that_binds_it_to_a_schema_is_text() {
    var stream =
        """
        data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"one_balance_answer","input":{}}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

        data: {"type":"content_block_stop","index":0}

        data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":3}}

        data: {"type":"message_stop"}

        """;
    assertThat(Heard.read(stream))
        .containsExactly(
            new Delta.Text(0, "{\"a\":1}"),
            new Delta.Finished(0, FinishReason.STOP, Optional.empty()),
            new Delta.Used(new Usage(0, 0, 0, 3, 0)));
    var whole =
        "{'content': [{'type': 'tool_use', 'id': 'a', 'name': 'one_balance_answer',"
            + " 'input': {'a': 1}}], 'stop_reason': 'tool_use', 'usage': {'output_tokens': 3}}";
    assertThat(new AnthropicProvider().read(Say.json(whole), Say.REQUEST_ID))
        .isEqualTo(Heard.gathered(Heard.read(stream)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "'text'", "{'type': 'error', 'error': {'type': 'api_error'}}"})
  void what_is_no_message_is_unreadable(String answer) {
    assertThatExceptionOfType(UnreadableAnswer.class)
        .isThrownBy(() -> new AnthropicProvider().read(Say.json(answer), Say.REQUEST_ID));
  }
}
