package io.onebalance.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.answer.Usage;
import io.onebalance.sse.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWriteTest {
  private static final String HELLO = "{\"model\":\"fast\",\"input\":\"Hi\"}";
  private static final String SEALED =
      "{\"model\":\"m\",\"input\":\"Hi\",\"include\":[\"reasoning.encrypted_content\"]}";
  private static final Delta.Finished STOP = end(FinishReason.STOP);

  private final ResponsesClient client = new ResponsesClient();

  private static Delta.Finished end(FinishReason reason) {
    return new Delta.Finished(0, reason, Optional.empty());
  }

  private static Delta.CallOpened opened(int call, ToolName tool) {
    return new Delta.CallOpened(0, call, tool, "call_" + call, Optional.empty());
  }

  @Test
  void a_text_is_told_in_the_full_order() {
    var events =
        told(new Delta.Text(0, "Hel"), new Delta.Text(0, "lo"), STOP, new Delta.Used(Usage.NONE));
    assertThat(types(events))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    for (var i = 0; i < events.size(); i++) {
      var data = Vectors.data(events.get(i));
      assertThat(data.path("sequence_number").asInt(-1)).isEqualTo(i);
      assertThat(data.path("type").asString()).isEqualTo(events.get(i).type());
    }
    assertThat(Vectors.data(events.get(6)).path("text").asString()).isEqualTo("Hello");
    assertThat(Vectors.data(events.get(8)).path("item"))
        .isEqualTo(
            Vectors.parsed(
                "{\"id\":\"msg_req-1_0\",\"type\":\"message\",\"status\":\"completed\",\"role\":"
                    + "\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\","
                    + "\"annotations\":[],\"logprobs\":[]}]}"));
  }

  @Test
  void thoughts_and_calls_are_told_in_the_full_order() {
    var events =
        told(
            new Delta.Thinking(0, "hm"),
            opened(0, ToolName.of("weather")),
            new Delta.CallPiece(0, 0, "{}"),
            new Delta.Refused(0, "no"),
            STOP);
    assertThat(types(events).subList(2, events.size() - 1))
        .containsExactly(
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.refusal.delta",
            "response.refusal.done",
            "response.content_part.done",
            "response.output_item.done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text", "thought-and-calls", "items-only", "end-only", "refusal", "filtered"})
  void what_was_read_is_written_and_read_again_whole_and_streamed(String name) {
    var deltas = Vectors.read(List.of(Vectors.bytes(name + ".sse")));
    var reply = Vectors.gathered(deltas);
    var envelope = Vectors.envelope(SEALED);
    var whole = client.write(reply, envelope);
    var provider = new ResponsesProvider();
    assertThat(provider.read(whole, Vectors.ID)).isEqualTo(reply);
    var events = Vectors.told(envelope, deltas);
    var streamed = Vectors.data(events.getLast()).path("response");
    assertThat(provider.read(streamed, Vectors.ID)).isEqualTo(reply);
    var again = new ArrayList<Delta>();
    var reader = provider.stream(Vectors.ID);
    events.forEach(event -> again.addAll(reader.read(event)));
    assertThat(Vectors.gathered(again)).isEqualTo(reply);
    assertThat(Vectors.gathered(again).usage()).isEqualTo(reply.usage());
  }

  @Test
  void the_whole_answer_is_what_the_end_of_the_stream_says() {
    var deltas = Vectors.read(List.of(Vectors.bytes("thought-and-calls.sse")));
    var envelope = Vectors.envelope(SEALED);
    var told = Vectors.data(Vectors.told(envelope, deltas).getLast()).path("response");
    assertThat(client.write(Vectors.gathered(deltas), envelope).toString())
        .isEqualTo(told.toString());
  }

  @Test
  void the_request_is_repeated_and_the_rest_has_its_defaults() {
    var written =
        "{\"model\":\"fast\",\"input\":\"Hi\",\"instructions\":\"Be brief.\",\"temperature\":0.2,"
            + "\"reasoning\":{\"effort\":\"low\"},\"text\":{\"verbosity\":\"low\"},"
            + "\"metadata\":{\"a\":\"b\"},\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],"
            + "\"tool_choice\":\"none\",\"parallel_tool_calls\":false,\"store\":true,\"top_p\":null}";
    var reply = reply(FinishReason.STOP, Part.Text.of("Hi"));
    var response = client.write(reply, Vectors.envelope(written));
    var asked = Vectors.parsed(written);
    for (var name :
        List.of(
            "model",
            "instructions",
            "temperature",
            "metadata",
            "tools",
            "tool_choice",
            "parallel_tool_calls")) {
      assertThat(response.path(name)).as(name).isEqualTo(asked.path(name));
    }
    assertThat(response.path("reasoning").toString())
        .isEqualTo("{\"effort\":\"low\",\"summary\":null}");
    assertThat(response.path("text").toString())
        .isEqualTo("{\"format\":{\"type\":\"text\"},\"verbosity\":\"low\"}");
    assertThat(response.path("top_p").asDouble()).isEqualTo(1.0);
    assertThat(response.path("store").asBoolean()).isFalse();
    assertThat(response.path("id").asString()).isEqualTo("resp_req-1");
    assertThat(response.path("created_at").asLong()).isEqualTo(1_760_000_000);
    assertThat(response.has("error") && response.path("error").isNull()).isTrue();
    assertThat(response.has("usage") && response.path("usage").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,completed,",
    "STOP_SEQUENCE,completed,",
    "TOOL_CALLS,completed,",
    "PAUSED,completed,",
    "MALFORMED,completed,",
    "LENGTH,incomplete,max_output_tokens",
    "REFUSED,incomplete,content_filter",
  })
  void an_answer_is_complete_or_says_why_not(FinishReason reason, String status, String why) {
    var last = told(new Delta.Text(0, "a"), end(reason)).getLast();
    var response = Vectors.data(last).path("response");
    assertThat(last.type()).isEqualTo("response." + status);
    assertThat(response.path("status").asString()).isEqualTo(status);
    assertThat(response.path("output").path(0).path("status").asString()).isEqualTo(status);
    assertThat(response.path("incomplete_details").path("reason").asString(""))
        .isEqualTo(why == null ? "" : why);
  }

  @ParameterizedTest
  @CsvSource({
    "OVERLOADED,server_error",
    "BROKEN,server_error",
    "LIMITED,rate_limit_exceeded",
    "INVALID,invalid_prompt"
  })
  void a_broken_answer_ends_with_a_code_after_which_codex_asks_again(
      Failure.Kind kind, String code) {
    var failure = new Failure(kind, "try again in 1.2s");
    var events = told(new Delta.Text(0, "a"), new Delta.Failed(failure), STOP);
    var response = Vectors.data(events.getLast()).path("response");
    assertThat(events.getLast().type()).isEqualTo("response.failed");
    assertThat(response.path("status").asString()).isEqualTo("failed");
    assertThat(response.path("error").path("code").asString()).isEqualTo(code);
    assertThat(response.path("error").path("message").asString()).isEqualTo("try again in 1.2s");
    assertThat(types(events)).doesNotContain("response.completed", "response.incomplete");
  }

  @Test
  void calls_whose_arguments_come_in_turns_are_told_one_after_the_other() {
    var tool = ToolName.of("f");
    var events =
        told(
            opened(0, tool),
            opened(1, tool),
            new Delta.CallPiece(0, 0, "{\"a\":"),
            new Delta.CallPiece(0, 1, "{\"b\":"),
            new Delta.CallPiece(0, 0, "\"}\"}"),
            new Delta.CallPiece(0, 1, "2}"),
            new Delta.CallPiece(0, 7, "lost"),
            end(FinishReason.TOOL_CALLS));
    assertThat(events.stream().map(Vectors::data).filter(data -> data.has("output_index")))
        .extracting(data -> data.path("output_index").asInt())
        .isSorted();
    assertThat(Vectors.data(events.getLast()).path("response").path("output").values())
        .extracting(item -> item.path("arguments").asString())
        .containsExactly("{\"a\":\"}\"}", "{\"b\":2}");
  }

  @Test
  void a_word_between_the_pieces_of_a_call_loses_nothing() {
    var events =
        told(
            opened(0, ToolName.of("f")),
            new Delta.CallPiece(0, 0, "{\"a\":"),
            new Delta.Text(0, ""),
            new Delta.Text(0, "\n"),
            new Delta.CallPiece(0, 0, "1}"),
            end(FinishReason.TOOL_CALLS));
    var output = Vectors.data(events.getLast()).path("response").path("output");
    assertThat(output.path(0).path("arguments").asString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_call_without_arguments_has_an_empty_object() {
    var events = told(opened(0, ToolName.of("f")), end(FinishReason.TOOL_CALLS));
    assertThat(events.stream().map(Vectors::data).map(data -> data.path("delta").asString("")))
        .contains("{}");
  }

  @Test
  void a_flat_name_comes_back_as_name_and_namespace_and_a_custom_tool_with_its_text() {
    var written =
        "{\"model\":\"m\",\"input\":\"Hi\",\"tools\":[{\"type\":\"namespace\",\"name\":\"agents\","
            + "\"tools\":[{\"type\":\"function\",\"name\":\"close\"}]},"
            + "{\"type\":\"custom\",\"name\":\"apply_patch\"}]}";
    var events =
        Vectors.told(
            Vectors.envelope(written),
            List.of(
                opened(0, ToolName.of("agents__close")),
                new Delta.CallPiece(0, 0, "{}"),
                opened(1, ToolName.of("apply_patch")),
                new Delta.CallPiece(0, 1, "{\"input\":\"+"),
                new Delta.CallPiece(0, 1, "\\n\"}"),
                opened(2, new ToolName("apply_patch", Optional.empty(), true)),
                new Delta.CallPiece(0, 2, "plain"),
                end(FinishReason.TOOL_CALLS)));
    var output = Vectors.data(events.getLast()).path("response").path("output");
    assertThat(output.path(0).path("name").asString()).isEqualTo("close");
    assertThat(output.path(0).path("namespace").asString()).isEqualTo("agents");
    assertThat(output.path(1).path("type").asString()).isEqualTo("custom_tool_call");
    assertThat(output.path(1).path("input").asString()).isEqualTo("+\n");
    assertThat(output.path(2).path("input").asString()).isEqualTo("plain");
    assertThat(types(events))
        .contains("response.custom_tool_call_input.delta", "response.custom_tool_call_input.done");
  }

  @Test
  void log_probabilities_are_told_with_their_text_also_where_they_come_before_it() {
    var tokens = Vectors.parsed("[{\"token\":\"a\",\"logprob\":-0.5}]");
    var text = new Delta.Text(0, "a");
    var thought = new Delta.Thinking(0, "hm");
    var logprobs = new Delta.Logprobs(0, tokens);
    var call = opened(0, ToolName.of("f"));
    for (var deltas :
        List.of(
            List.<Delta>of(thought, text, logprobs, call, STOP),
            List.<Delta>of(thought, logprobs, text, call, STOP))) {
      var events = Vectors.told(Vectors.envelope(HELLO), deltas);
      var streamed = Vectors.data(events.getLast()).path("response");
      var whole = client.write(Vectors.gathered(deltas), Vectors.envelope(HELLO));
      assertThat(streamed.path("output").toString()).isEqualTo(whole.path("output").toString());
      assertThat(whole.path("output")).hasSize(3);
      assertThat(whole.path("output").path(1).path("content").path(0).path("logprobs"))
          .isEqualTo(tokens);
    }
  }

  @Test
  void a_refusal_has_no_log_probabilities() {
    var tokens = Vectors.parsed("[{\"token\":\"a\",\"logprob\":-0.5}]");
    var events = told(new Delta.Refused(0, "no"), new Delta.Logprobs(0, tokens), STOP);
    var output = Vectors.data(events.getLast()).path("response").path("output");
    assertThat(output.path(0).path("content")).hasSize(1);
  }

  @Test
  void a_picture_is_an_item_and_an_empty_answer_has_none() {
    var media = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AAAA"));
    var output = Vectors.data(told(new Delta.Shown(0, media), STOP).getLast()).path("response");
    assertThat(output.path("output").path(0).path("result").asString()).isEqualTo("AAAA");
    var empty = told(STOP);
    assertThat(types(empty))
        .containsExactly("response.created", "response.in_progress", "response.completed");
    assertThat(types(Vectors.told(Vectors.envelope(HELLO), List.of())))
        .last()
        .isEqualTo("response.incomplete");
  }

  @Test
  void usage_includes_what_was_cached_and_thought() {
    var events = told(new Delta.Used(new Usage(100, 60, 10, 50, 30)), STOP);
    assertThat(Vectors.data(events.getLast()).path("response").path("usage").toString())
        .isEqualTo(
            "{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":60,\"cache_write_tokens\":10},"
                + "\"output_tokens\":50,\"output_tokens_details\":{\"reasoning_tokens\":30},"
                + "\"total_tokens\":150}");
  }

  private static List<Event> told(Delta... deltas) {
    return Vectors.told(Vectors.envelope(HELLO), List.of(deltas));
  }

  private static List<String> types(List<Event> events) {
    return events.stream().map(Event::type).toList();
  }

  private static Reply reply(FinishReason reason, Part... parts) {
    var choice = new Reply.Choice(List.of(parts), reason, Optional.empty(), Optional.empty());
    return new Reply(List.of(choice), Optional.empty());
  }
}
