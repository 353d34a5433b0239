package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.OpenAiRequestTest.saying;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Delta;
import io.onebalance.chat.Failure;
import io.onebalance.chat.FinishReason;
import io.onebalance.chat.Gathering;
import io.onebalance.chat.Part;
import io.onebalance.chat.Reply;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Json;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers answer in this dialect, whole and piece by piece, and what clients hear of it.
class OpenAiAnswerTest {
  private static final String ID = "r-1";
  private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

  static Reply read(String message, String reason) {
    var body =
        "{\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":%s}]}"
            .formatted(message, reason);
    return new OpenAiProvider().read(Json.read(body).orElseThrow(), ID);
  }

  /// The deltas of a stream of these chunks' choices, however it is cut.
  static List<Delta> heard(boolean done, String... choices) {
    var stream = new StringBuilder();
    for (var choice : choices) {
      stream.append("data: {\"choices\":[").append(choice).append("]}\n\n");
    }
    return heard(stream + (done ? "data: [DONE]\n\n" : ""));
  }

  static List<Delta> heard(String stream) {
    var bytes = stream.getBytes(UTF_8);
    var whole = heard(bytes, bytes.length);
    for (var cut = 1; cut < bytes.length; cut++) {
      assertThat(heard(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
    }
    var returns = stream.replace("\n", "\r\n").getBytes(UTF_8);
    assertThat(heard(returns, returns.length)).isEqualTo(whole);
    return whole;
  }

  private static List<Delta> heard(byte[] stream, int cut) {
    var events = new Events(1 << 20);
    var reader = new OpenAiProvider().stream(ID);
    var deltas = new ArrayList<Delta>();
    events.feed(stream, 0, cut).forEach(event -> deltas.addAll(reader.read(event)));
    events
        .feed(Arrays.copyOfRange(stream, cut, stream.length))
        .forEach(event -> deltas.addAll(reader.read(event)));
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  static String delta(String delta) {
    return "{\"index\":0,\"delta\":%s,\"finish_reason\":null}".formatted(delta);
  }

  static String finish(String reason) {
    return "{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}".formatted(reason);
  }

  static Reply gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    assertThat(gathering.failure()).isEmpty();
    return gathering.reply();
  }

  private static Envelope envelope(String more) {
    var body = "{\"model\":\"asked\",\"messages\":[%s]%s}".formatted(HI, more);
    return new Envelope(ID, 7, saying(HI, more), Json.read(body).orElseThrow());
  }

  private static String told(List<Delta> deltas, String more) {
    var writer = new OpenAiClient().stream(envelope(more));
    var bytes = new ByteArrayOutputStream();
    deltas.forEach(delta -> bytes.writeBytes(writer.write(delta)));
    bytes.writeBytes(writer.end());
    return bytes.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "stop, false, STOP, stop",
    "stop, true, TOOL_CALLS, tool_calls",
    "tool_calls, false, STOP, stop",
    "tool_calls, true, TOOL_CALLS, tool_calls",
    "function_call, true, TOOL_CALLS, tool_calls",
    "length, false, LENGTH, length",
    "length, true, LENGTH, length",
    "model_length, false, LENGTH, length",
    "content_filter, false, REFUSED, content_filter",
    "content_filter, true, REFUSED, content_filter",
    "eos, false, STOP, stop",
  })
  void an_answer_ends_as_what_came_allows(
      String told, boolean calls, FinishReason read, String written) {
    var call =
        "[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
    var message = calls ? "{\"tool_calls\":" + call + "}" : "{\"content\":\"so\"}";
    var whole = read(message, "\"" + told + "\"");
    assertThat(whole.choices().getFirst().reason()).isEqualTo(read);
    var deltas = heard(true, delta(message), finish(told));
    assertThat(gathered(deltas)).isEqualTo(whole);
    assertThat(told(deltas, "")).contains("\"finish_reason\":\"" + written + "\"");
    var answer = new OpenAiClient().write(whole, envelope(""));
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo(written);
  }

  @Test
  void calls_without_a_finish_are_finished_and_done_is_said_once() {
    var call =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    var deltas = heard(true, delta(call));
    assertThat(deltas.getLast())
        .isEqualTo(new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()));
    assertThat(told(deltas, "").split("\\[DONE]", -1)).hasSize(2);
  }

  @Test
  void a_stream_without_done_is_complete_when_it_was_finished() {
    assertThat(gathered(heard(false, delta("{\"content\":\"so\"}"), finish("stop"))))
        .isEqualTo(read("{\"content\":\"so\"}", "\"stop\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: [DONE]\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"}}]}\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"}}]}\n\ndata: {\"cho",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":7}}]}\n\n",
        "data: <html>\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}\n\n",
        "data: {\"error\":{\"message\":\"sk-secret\",\"type\":\"server_error\"}}\n\n"
            + "data: [DONE]\n\n",
      })
  void what_breaks_is_told_without_a_clean_end(String stream) {
    var deltas = heard(stream);
    assertThat(deltas.getLast())
        .isInstanceOfSatisfying(
            Delta.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
              assertThat(failed.failure().message()).doesNotContain("secret");
            });
    assertThat(told(deltas, "")).contains("\"error\":{").doesNotContain("[DONE]");
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit_exceeded, LIMITED",
    "overloaded_error, OVERLOADED",
    "invalid_request_error, INVALID",
    "server_error, BROKEN",
  })
  void an_error_has_its_kind(String type, Failure.Kind kind) {
    var deltas = heard("data: {\"error\":{\"message\":\"x\",\"type\":\"%s\"}}\n\n".formatted(type));
    assertThat(deltas)
        .singleElement()
        .isInstanceOfSatisfying(
            Delta.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
  }

  @Test
  void thoughts_have_two_names() {
    for (var name : List.of("reasoning_content", "reasoning")) {
      var message = "{\"%s\":\"hm\",\"content\":\"so\"}".formatted(name);
      var whole = read(message, "\"stop\"");
      assertThat(whole.choices().getFirst().parts())
          .containsExactly(new Part.Thinking("hm", Optional.empty()), Part.Text.of("so"));
      assertThat(gathered(heard(true, delta(message), finish("stop")))).isEqualTo(whole);
      var answer = new OpenAiClient().write(whole, envelope(""));
      assertThat(answer.at("/choices/0/message/reasoning_content").stringValue()).isEqualTo("hm");
    }
  }

  @Test
  void mistrals_thoughts_are_parts() {
    var message =
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
            + "{\"type\":\"text\",\"text\":\"so\"},{\"type\":\"reference\",\"reference_ids\":[1]}]}";
    assertThat(read(message, "\"stop\"").choices().getFirst().parts())
        .containsExactly(new Part.Thinking("hm", Optional.empty()), Part.Text.of("so"));
  }

  /// Calls are told apart by index, by id, or by nothing; names may be late and ids missing.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]|[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]|[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":1}\"}}]|f:a:{\"x\":1}"
            + " g:b:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]|[]|f:a:{}"
            + " g:b:{}",
        "[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]|[{\"function\":{\"arguments\":\"}\"}}]|[{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]|f:a:{}"
            + " g:b:{}",
        "[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|[]|f:call_r-1_0_0:{}"
            + " f:call_r-1_0_1:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\"}}]|[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]|[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]|f:a:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]|[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}]|[]|f:a:{}",
        "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}]|[]|[]|f:a:{\"x\":1}",
      })
  void calls_are_told_apart(String first, String second, String third, String calls) {
    var deltas =
        heard(
            true,
            delta("{\"tool_calls\":" + first + "}"),
            delta("{\"tool_calls\":" + second + "}"),
            delta("{\"tool_calls\":" + third + "}"));
    var parts = gathered(deltas).choices().getFirst().parts();
    assertThat(parts.stream().map(Part.ToolCall.class::cast).map(OpenAiAnswerTest::shown).toList())
        .containsExactly(calls.split(" "));
  }

  private static String shown(Part.ToolCall call) {
    return call.tool().name() + ":" + call.id() + ":" + call.arguments();
  }

  @Test
  void a_call_without_arguments_has_an_empty_object_once() {
    var deltas =
        List.of(
            new Delta.CallOpened(0, 0, ToolName.of("f"), "a", Optional.empty()),
            new Delta.CallOpened(0, 1, ToolName.of("g"), "b", Optional.empty()),
            new Delta.CallPiece(0, 0, "{\"x\":1}"),
            (Delta) new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()));
    var told = gathered(heard(told(deltas, "")));
    assertThat(told.choices().getFirst().parts().stream().map(Part.ToolCall.class::cast))
        .extracting(Part.ToolCall::arguments)
        .containsExactly("{\"x\":1}", "{}");
  }

  @Test
  void legacy_clients_hear_of_one_function_call() {
    var legacy = ",\"functions\":[{\"name\":\"f\"}]";
    var message =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
            + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}";
    var answer = new OpenAiClient().write(read(message, "\"tool_calls\""), envelope(legacy));
    assertThat(answer.at("/choices/0/message/function_call/name").stringValue()).isEqualTo("f");
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("function_call");
    var stream = told(heard(true, delta(message), finish("tool_calls")), legacy);
    assertThat(stream).contains("\"function_call\":{\"name\":\"f\"").doesNotContain("tool_calls");
    assertThat(stream).contains("\"finish_reason\":\"function_call\"").doesNotContain("\"g\"");
  }

  @Test
  void signatures_pass_both_ways() {
    var message =
        "{\"content\":\"so\",\"extra_content\":{\"google\":{\"thought_signature\":\"T\"}},"
            + "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
            + "\"extra_content\":{\"google\":{\"thought_signature\":\"C\"}}}]}";
    var whole = read(message, "\"tool_calls\"");
    var deltas = heard(true, delta(message), finish("tool_calls"));
    assertThat(gathered(deltas)).isEqualTo(whole);
    assertThat(gathered(heard(told(deltas, "")))).isEqualTo(whole);
    var written = new OpenAiClient().write(whole, envelope(""));
    assertThat(new OpenAiProvider().read(written, ID)).isEqualTo(whole);
  }

  @Test
  void signatures_of_others_stay_out() {
    var claude = new Signature(Signature.Maker.ANTHROPIC, "A");
    var deltas =
        List.of(
            new Delta.Thinking(0, "hm"),
            new Delta.Signed(0, claude),
            new Delta.Redacted(0, claude),
            new Delta.Text(0, "so"),
            (Delta) new Delta.Finished(0, FinishReason.STOP, Optional.empty()));
    assertThat(told(deltas, "")).doesNotContain("\"A\"").doesNotContain("extra_content");
    var answer = new OpenAiClient().write(gathered(deltas), envelope(""));
    assertThat(answer.toString()).doesNotContain("\"A\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}|10|0|5|0",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":3}}|10|4|5|3",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":6}|10|6|5|0",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"cached_tokens\":6}|10|6|5|0",
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":18,\"completion_tokens_details\":{\"reasoning_tokens\":3}}|10|0|8|3",
        "{\"prompt_tokens\":null,\"completion_tokens\":-1}|0|0|0|0",
      })
  void usage_counts_caches_in_and_thoughts_out(
      String usage, long input, long cached, long output, long reasoning) {
    var expected = new Usage(input, cached, 0, output, reasoning);
    var body = "{\"choices\":[{\"message\":{\"content\":\"so\"}}],\"usage\":" + usage + "}";
    var reply = new OpenAiProvider().read(Json.read(body).orElseThrow(), ID);
    assertThat(reply.usage()).hasValue(expected);
    var written = new OpenAiClient().write(reply, envelope("")).path("usage");
    assertThat(written.path("prompt_tokens").longValue()).isEqualTo(input);
    assertThat(written.path("total_tokens").longValue()).isEqualTo(input + output);
    assertThat(written.at("/prompt_tokens_details/cached_tokens").longValue()).isEqualTo(cached);
    assertThat(written.at("/completion_tokens_details/reasoning_tokens").longValue())
        .isEqualTo(reasoning);
  }

  @Test
  void the_usage_is_a_chunk_of_its_own_where_it_was_asked_for() {
    var stream =
        "data:"
            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so\"},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n"
            + "data: [DONE]\n\n";
    var deltas = heard(stream);
    assertThat(told(deltas, "")).doesNotContain("usage");
    var asked = told(deltas, ",\"stream_options\":{\"include_usage\":true}");
    assertThat(asked)
        .contains("\"usage\":null")
        .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":3");
    assertThat(asked.indexOf("\"prompt_tokens\"")).isGreaterThan(asked.indexOf("\"stop\""));
  }

  @Test
  void an_answer_is_never_without_a_choice() {
    var stream = told(heard(true, finish("stop")), "");
    assertThat(stream).contains("\"role\":\"assistant\"").contains("\"finish_reason\":\"stop\"");
    var answer = new OpenAiClient().write(read("{}", "\"stop\""), envelope(""));
    assertThat(answer.at("/choices/0/message/content").stringValue()).isEmpty();
  }

  @Test
  void choices_have_their_own_stories() {
    var deltas =
        heard(
            true,
            "{\"index\":1,\"delta\":{\"content\":\"b\"}}",
            "{\"index\":0,\"delta\":{\"content\":\"a\"}}",
            "{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}",
            finish("stop"));
    var body =
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"b\"},\"finish_reason\":\"length\"},"
            + "{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
    assertThat(gathered(deltas))
        .isEqualTo(new OpenAiProvider().read(Json.read(body).orElseThrow(), ID));
  }

  @Test
  void parts_of_kinds_that_nobody_knows_are_passed_over() {
    var content = "{\"content\":[{\"type\":\"new\",\"x\":1},{\"type\":\"text\",\"text\":\"hi\"}]}";
    assertThat(read(content, "\"stop\"").choices().getFirst().parts())
        .containsExactly(Part.Text.of("hi"));
    assertThat(heard(true, "{\"delta\":" + content + ",\"finish_reason\":\"stop\"}"))
        .startsWith(new Delta.Text(0, "hi"));
  }

  @Test
  void refusals_pictures_and_logprobs_pass() {
    var tokens =
        "{\"content\":[{\"token\":\"so\",\"logprob\":-0.1,\"bytes\":null,\"top_logprobs\":[]}]}";
    var message =
        "{\"refusal\":\"no\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\"}}],\"annotations\":[{}]}";
    var choice = "{\"index\":0,\"%s\":%s,\"logprobs\":%s,\"finish_reason\":\"stop\"}";
    var whole =
        new OpenAiProvider()
            .read(
                Json.read("{\"choices\":[" + choice.formatted("message", message, tokens) + "]}")
                    .orElseThrow(),
                ID);
    var deltas = heard(true, choice.formatted("delta", message, tokens));
    assertThat(gathered(deltas)).isEqualTo(whole);
    assertThat(gathered(heard(told(deltas, "")))).isEqualTo(whole);
    assertThat(whole.choices().getFirst().reason()).isEqualTo(FinishReason.REFUSED);
    var answer = new OpenAiClient().write(whole, envelope(""));
    assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
    assertThat(new OpenAiProvider().read(answer, ID)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":7}",
        "{\"choices\":[7]}",
        "{\"choices\":[{\"message\":{\"content\":7}}]}",
        "{\"choices\":[{\"message\":{},\"finish_reason\":\"error\"}]}",
        "{\"error\":{\"message\":\"sk-secret\",\"code\":502}}",
        "{\"error\":\"sk-secret\"}",
        "{\"object\":\"error\",\"message\":\"sk-secret\"}",
      })
  void what_is_no_answer_is_not_read_as_one(String body) {
    assertThatExceptionOfType(UnreadableAnswer.class)
        .isThrownBy(() -> new OpenAiProvider().read(Json.read(body).orElseThrow(), ID))
        .satisfies(odd -> assertThat(odd.getMessage()).doesNotContain("secret"));
  }
}
