package io.onebalance.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What clients hear, piece by piece and whole.
class AnswerStreamTest {
  private static final String END = "{\"stop_reason\":\"end_turn\",\"stop_sequence\":null}";
  private static final String CALLED = "{\"stop_reason\":\"tool_use\",\"stop_sequence\":null}";

  private static Delta text(String text) {
    return new Delta.Text(0, text);
  }

  private static Delta thinking(String text) {
    return new Delta.Thinking(0, text);
  }

  private static Delta signed(Signature.Maker maker, String value) {
    return new Delta.Signed(0, new Signature(maker, value));
  }

  private static Delta opened(int call, String id) {
    return new Delta.CallOpened(0, call, ToolName.of("tool" + call), id, Optional.empty());
  }

  private static Delta piece(int call, String json) {
    return new Delta.CallPiece(0, call, json);
  }

  private static Delta finished(FinishReason reason) {
    return new Delta.Finished(0, reason, Optional.empty());
  }

  private static String said(String text) {
    return "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}";
  }

  private static String argued(String json) {
    return Json.text(Json.object().put("type", "input_json_delta").put("partial_json", json));
  }

  private static final String UNSIGNED = "{\"type\":\"signature_delta\",\"signature\":\"\"}";

  @Test
  void texts_are_one_block() {
    assertThat(
            Heard.inShort(
                Say.envelope(false),
                text("Hel"),
                text(""),
                text("lo"),
                finished(FinishReason.STOP)))
        .containsExactly(
            "message_start",
            "0 start text",
            "0 " + said("Hel"),
            "0 " + said("lo"),
            "0 stop",
            END,
            "message_stop");
  }

  @Test
  void thoughts_texts_and_calls_are_blocks_one_after_the_other() {
    assertThat(
            Heard.inShort(
                Say.envelope(true),
                thinking("Hm."),
                text("Yes."),
                opened(0, "a"),
                piece(0, "{\"x\""),
                piece(0, ":1}"),
                text("Done."),
                finished(FinishReason.STOP)))
        .containsExactly(
            "message_start",
            "0 start thinking",
            "0 {\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}",
            "0 " + UNSIGNED,
            "0 stop",
            "1 start text",
            "1 " + said("Yes."),
            "1 stop",
            "2 start tool_use",
            "2 " + argued("{\"x\""),
            "2 " + argued(":1}"),
            "2 stop",
            "3 start text",
            "3 " + said("Done."),
            "3 stop",
            CALLED,
            "message_stop");
  }

  @Test
  void a_call_that_is_sent_in_turns_with_another_waits_for_it() {
    assertThat(
            Heard.inShort(
                Say.envelope(false),
                opened(0, "a"),
                piece(0, "{\"x\":"),
                opened(1, "b"),
                opened(2, "c"),
                piece(2, "{}"),
                piece(1, "{\"y\":\"}"),
                piece(0, "1}"),
                piece(1, "\"}"),
                finished(FinishReason.TOOL_CALLS)))
        .containsExactly(
            "message_start",
            "0 start tool_use",
            "0 " + argued("{\"x\":"),
            "0 " + argued("1}"),
            "0 stop",
            "1 start tool_use",
            "1 " + argued("{\"y\":\"}"),
            "1 " + argued("\"}"),
            "1 stop",
            "2 start tool_use",
            "2 " + argued("{}"),
            "2 stop",
            CALLED,
            "message_stop");
  }

  @Test
  void calls_that_never_become_complete_are_told_at_the_end() {
    assertThat(
            Heard.inShort(
                Say.envelope(false),
                opened(0, "a"),
                piece(0, "{\"x"),
                opened(1, "b"),
                piece(1, "{"),
                finished(FinishReason.LENGTH)))
        .containsExactly(
            "message_start",
            "0 start tool_use",
            "0 " + argued("{\"x"),
            "0 stop",
            "1 start tool_use",
            "1 " + argued("{"),
            "1 stop",
            "{\"stop_reason\":\"max_tokens\",\"stop_sequence\":null}",
            "message_stop");
  }

  @Test
  void thoughts_that_are_not_to_be_shown_are_empty_and_keep_their_signature() {
    var body = Say.json("{'model': 'm', 'thinking': {'type': 'adaptive', 'display': 'omitted'}}");
    var envelope = new Envelope(Say.REQUEST_ID, 0, new AnthropicClient().read(body), body);
    assertThat(
            Heard.inShort(
                envelope,
                thinking("Hm."),
                signed(Signature.Maker.ANTHROPIC, "own"),
                text("Yes."),
                finished(FinishReason.STOP)))
        .containsExactly(
            "message_start",
            "0 start thinking",
            "0 {\"type\":\"signature_delta\",\"signature\":\"own\"}",
            "0 stop",
            "1 start text",
            "1 " + said("Yes."),
            "1 stop",
            END,
            "message_stop");
  }

  @Test
  void an_empty_answer_has_a_start_and_an_end() {
    assertThat(Heard.inShort(Say.envelope(true)))
        .containsExactly("message_start", END, "message_stop");
  }

  @Test
  void other_choices_are_not_told() {
    assertThat(
            Heard.inShort(Say.envelope(false), new Delta.Text(1, "no"), new Delta.Refused(1, "no")))
        .containsExactly("message_start", END, "message_stop");
  }

  @Test
  void the_usage_is_told_at_the_start_as_far_as_it_is_known_and_at_the_end() {
    var events =
        Heard.events(
            Say.envelope(false),
            new Delta.Used(new Usage(100, 60, 30, 1, 0)),
            text("Hi"),
            new Delta.Used(new Usage(100, 60, 30, 50, 20)));
    assertThat(events.getFirst().path("message").path("usage"))
        .isEqualTo(
            Say.json(
                "{'input_tokens': 10, 'cache_creation_input_tokens': 30,"
                    + "'cache_read_input_tokens': 60, 'output_tokens': 1}"));
    assertThat(Json.text(events.get(events.size() - 2).path("usage")))
        .isEqualTo(
            "{\"input_tokens\":10,\"cache_creation_input_tokens\":30,\"cache_read_input_tokens\":60,"
                + "\"output_tokens\":50,\"output_tokens_details\":{\"thinking_tokens\":20}}");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, end_turn, tool_use",
    "STOP_SEQUENCE, stop_sequence, tool_use",
    "LENGTH, max_tokens, max_tokens",
    "TOOL_CALLS, end_turn, tool_use",
    "REFUSED, refusal, refusal",
    "PAUSED, pause_turn, tool_use",
    "MALFORMED, end_turn, tool_use"
  })
  void every_reason_is_told_and_mended_where_calls_were_seen(
      FinishReason reason, String alone, String withCall) {
    var envelope = Say.envelope(false);
    assertThat(stopReason(Heard.events(envelope, text("Hi"), finished(reason)))).isEqualTo(alone);
    assertThat(stopReason(Heard.events(envelope, opened(0, "a"), piece(0, "{}"), finished(reason))))
        .isEqualTo(withCall);
  }

  private static String stopReason(List<JsonNode> events) {
    return events.get(events.size() - 2).path("delta").path("stop_reason").asString("");
  }

  @Test
  void the_stop_sequence_is_told() {
    var finished = new Delta.Finished(0, FinishReason.STOP_SEQUENCE, Optional.of("END"));
    assertThat(Heard.inShort(Say.envelope(false), text("Hi"), finished))
        .contains("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}");
  }

  @Test
  void a_refusal_is_a_text_and_an_end() {
    assertThat(
            Heard.inShort(
                Say.envelope(false), new Delta.Refused(0, "No."), finished(FinishReason.STOP)))
        .contains("0 " + said("No."), "{\"stop_reason\":\"refusal\",\"stop_sequence\":null}");
  }

  @Test
  void what_cannot_be_shown_is_noted() {
    var media = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AA=="));
    assertThat(Heard.inShort(Say.envelope(false), new Delta.Shown(0, media)))
        .contains("0 " + said("[image]"));
  }

  @Test
  void ids_of_calls_fit_and_are_not_told_twice() {
    var events =
        Heard.events(
            Say.envelope(false),
            opened(0, "call_1"),
            piece(0, "{}"),
            opened(1, "call_1"),
            piece(1, "{}"),
            opened(2, "functions.weather:0"),
            piece(2, "{}"),
            opened(3, ""));
    var ids =
        events.stream()
            .map(event -> event.path("content_block").path("id").asString(""))
            .filter(id -> !id.isEmpty())
            .toList();
    assertThat(ids).hasSize(4).doesNotHaveDuplicates().contains("call_1");
    assertThat(ids.subList(1, 4)).allMatch(id -> id.matches("toolu_[A-Za-z0-9]{24}"));
  }

  @ParameterizedTest
  @CsvSource({
    "OVERLOADED, overloaded_error",
    "LIMITED, rate_limit_error",
    "INVALID, invalid_request_error",
    "BROKEN, api_error"
  })
  void a_failure_is_an_error_event_and_nothing_follows(Failure.Kind kind, String type) {
    var events =
        Heard.events(
            Say.envelope(false),
            text("Hi"),
            new Delta.Failed(new Failure(kind, "it broke")),
            text("more"),
            finished(FinishReason.STOP));
    assertThat(events.getLast())
        .isEqualTo(
            Say.json(
                "{'type': 'error', 'error': {'type': '" + type + "', 'message': 'it broke'}}"));
    assertThat(events).hasSize(4);
  }

  @Test
  void a_failure_before_all_is_only_an_error() {
    assertThat(
            Heard.inShort(
                Say.envelope(false),
                new Delta.Failed(new Failure(Failure.Kind.OVERLOADED, "busy"))))
        .containsExactly("error");
  }

  static List<List<Delta>> answers() {
    var usage = new Delta.Used(new Usage(9, 4, 2, 7, 3));
    return List.of(
        List.of(text("Hello"), finished(FinishReason.STOP), usage),
        List.of(
            thinking("Hm. "),
            thinking("So."),
            signed(Signature.Maker.ANTHROPIC, "own"),
            new Delta.Redacted(0, new Signature(Signature.Maker.ANTHROPIC, "dark")),
            text("Yes."),
            opened(0, "a"),
            piece(0, "{\"x\":[1,\"}\\\"\"]}"),
            opened(1, "b"),
            piece(1, "{}"),
            finished(FinishReason.TOOL_CALLS),
            usage),
        List.of(
            thinking("Hm."),
            new Delta.CallOpened(0, 0, ToolName.of("t"), "a", Say.by(Signature.Maker.GEMINI, "s")),
            piece(0, "{\"emoji\":\"😀\"}"),
            text("Text."),
            signed(Signature.Maker.GEMINI, "t"),
            finished(FinishReason.STOP)),
        List.of(new Delta.Refused(0, "No."), finished(FinishReason.REFUSED)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_is_the_same_whole_and_in_pieces(List<Delta> deltas) {
    var envelope = Say.envelope(true);
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    var whole = new AnthropicClient().write(gathering.reply(), envelope);
    var provider = new AnthropicProvider();
    var streamed = Heard.gathered(Heard.read(Heard.bytes(envelope, deltas), 1 << 20));
    assertThat(streamed).isEqualTo(provider.read(whole, Say.REQUEST_ID));
  }

  @Test
  void a_whole_answer_has_all_members() {
    var gathering = new Gathering();
    List.of(text("Hello"), finished(FinishReason.STOP)).forEach(gathering::add);
    assertThat(Json.text(new AnthropicClient().write(gathering.reply(), Say.envelope(false))))
        .isEqualTo(
            Json.text(
                Say.json(
                    "{'id': 'msg_"
                        + Say.REQUEST_ID
                        + "', 'type': 'message', 'role': 'assistant', 'model': 'mine', 'content':"
                        + " [{'type': 'text', 'text': 'Hello'}], 'stop_reason': 'end_turn',"
                        + " 'stop_sequence': null, 'usage': {'input_tokens': 0,"
                        + " 'cache_creation_input_tokens': 0, 'cache_read_input_tokens': 0,"
                        + " 'output_tokens': 0}}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~{}",
        "not json~{}",
        "[1]~{}",
        "{\"a\":1}~{\"a\":1}",
        "\"{\\\"a\\\":1}\"~{\"a\":1}",
        "{\"a\":[1,{\"b\":\"c~{\"a\":[1,{\"b\":\"c\"}]}"
      })
  void arguments_of_a_whole_call_are_mended(String arguments, String input) {
    var gathering = new Gathering();
    List.of(opened(0, "a"), piece(0, arguments)).forEach(gathering::add);
    var answer = new AnthropicClient().write(gathering.reply(), Say.envelope(false));
    assertThat(Json.text(answer.path("content").path(0).path("input"))).isEqualTo(input);
  }
}
