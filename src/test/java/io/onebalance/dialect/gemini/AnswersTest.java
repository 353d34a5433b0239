package io.onebalance.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.answer.Usage;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Answers of Google's models, whole and in pieces, and the same told to clients of Gemini.
class AnswersTest {
  private static final Path STREAMS =
      Path.of("src/test/resources/io/onebalance/dialect/gemini/streams");
  private static final Signature SEAL = new Signature(Signature.Maker.GEMINI, "c2ln");

  @Test
  void thoughts_text_and_calls_are_read_in_their_order() throws IOException {
    var reply = gathered(heard(List.of(stream("thought-text-calls"))));
    assertThat(reply.choices())
        .containsExactly(
            new Reply.Choice(
                List.of(
                    new Part.Thinking("Let me see… 🦊", Optional.empty()),
                    Part.Text.of("I call دو"),
                    new Part.ToolCall(
                        ToolName.of("one"),
                        "call_r-1_0_0",
                        "{\"a\":\"é\\\"}\"}",
                        Optional.of(SEAL)),
                    new Part.ToolCall(ToolName.of("two"), "own", "{}", Optional.empty())),
                FinishReason.TOOL_CALLS,
                Optional.empty(),
                Optional.empty()));
    assertThat(reply.usage()).contains(new Usage(12, 6, 0, 12, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"thought-text-calls", "signed-text", "two-choices", "code", "blocked"})
  void a_stream_says_the_same_wherever_it_is_cut_and_as_a_whole_answer(String name)
      throws IOException {
    var stream = stream(name);
    var whole = heard(List.of(stream));
    for (var cut = 1; cut < stream.length; cut++) {
      var pieces =
          List.of(Arrays.copyOf(stream, cut), Arrays.copyOfRange(stream, cut, stream.length));
      assertThat(heard(pieces)).as("cut at %d", cut).isEqualTo(whole);
    }
    assertThat(heard(single(stream))).isEqualTo(whole);
    var returns = new String(stream, UTF_8).replace("\n", "\r\n").getBytes(UTF_8);
    assertThat(heard(single(returns))).isEqualTo(whole);
    var pieces = Json.array();
    new Events(1 << 20)
        .feed(stream)
        .forEach(event -> pieces.add(Json.read(event.data()).orElseThrow()));
    assertThat(new GeminiProvider().read(pieces, "r-1")).isEqualTo(gathered(whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"thought-text-calls", "signed-text", "two-choices", "code", "blocked"})
  void what_a_client_of_gemini_hears_in_pieces_is_what_it_hears_whole(String name)
      throws IOException {
    var deltas = heard(List.of(stream(name)));
    var envelope = envelope();
    var writer = new GeminiClient().stream(envelope);
    var told = new ByteArrayOutputStream();
    deltas.forEach(delta -> told.writeBytes(writer.write(delta)));
    told.writeBytes(writer.end());
    var again = gathered(heard(List.of(told.toByteArray())));
    var whole =
        new GeminiProvider().read(new GeminiClient().write(gathered(deltas), envelope), "r-1");
    assertThat(again).isEqualTo(whole);
    assertThat(whole.choices()).isEqualTo(gathered(deltas).choices());
  }

  @ParameterizedTest
  @CsvFileSource(
      files = "src/test/resources/io/onebalance/dialect/gemini/finish-reasons.txt",
      delimiter = ' ')
  void each_reason_of_an_end_means_what_the_table_says(
      String written, FinishReason alone, FinishReason withCalls) {
    var call = "{\"functionCall\":{\"name\":\"a\"}}";
    for (var stream : List.of(true, false)) {
      assertThat(reason("{\"text\":\"x\"}", written, stream)).isEqualTo(alone);
      assertThat(reason(call, written, stream)).isEqualTo(withCalls);
    }
  }

  private static FinishReason reason(String part, String written, boolean stream) {
    var body =
        "{\"candidates\":[{\"content\":{\"parts\":[%s]},\"finishReason\":\"%s\"}]}"
            .formatted(part, written);
    var reply =
        stream
            ? gathered(heard(List.of(("data: " + body + "\n\n").getBytes(UTF_8))))
            : new GeminiProvider().read(json(body), "r-1");
    return reply.choices().getFirst().reason();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"candidates\":[]}",
        "{\"candidates\":[{}]}",
        "{\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"},{}]},\"finishReason\":\"STOP\"}]}"
      })
  void an_answer_without_content_is_a_choice_without_parts(String body) {
    var reply = new GeminiProvider().read(json(body), "r-1");
    assertThat(reply.choices())
        .containsExactly(
            new Reply.Choice(List.of(), FinishReason.STOP, Optional.empty(), Optional.empty()));
  }

  @Test
  void a_blocked_prompt_is_a_refusal_without_a_word() throws IOException {
    var reply = gathered(heard(List.of(stream("blocked"))));
    assertThat(reply.choices().getFirst().parts()).isEmpty();
    assertThat(reply.choices().getFirst().reason()).isEqualTo(FinishReason.REFUSED);
  }

  @Test
  void a_stream_that_is_cut_is_broken_wherever_that_is() throws IOException {
    var stream = new String(stream("signed-text"), UTF_8);
    for (var events = 0; events < 3; events++) {
      var cut = String.join("\n\n", Arrays.copyOf(stream.split("\n\n", -1), events)) + "\n\n";
      assertThat(heard(List.of(cut.getBytes(UTF_8))).getLast())
          .isInstanceOfSatisfying(
              Delta.Failed.class,
              failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.BROKEN));
    }
  }

  @Test
  void an_error_in_the_middle_of_a_stream_tells_its_kind_and_nothing_of_its_words() {
    var kinds =
        Map.of(
            "\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"", Failure.Kind.LIMITED,
            "\"code\":503,\"status\":\"UNAVAILABLE\"", Failure.Kind.OVERLOADED,
            "\"code\":400", Failure.Kind.INVALID,
            "\"code\":500,\"status\":\"INTERNAL\"", Failure.Kind.BROKEN,
            "\"message\":\"?\"", Failure.Kind.BROKEN);
    for (var row : kinds.entrySet()) {
      var event = "data: {\"error\":{" + row.getKey() + ",\"message\":\"AIzaSy\"}}\n\n";
      var deltas = heard(List.of((event + event).getBytes(UTF_8)));
      assertThat(deltas)
          .singleElement()
          .isInstanceOfSatisfying(
              Delta.Failed.class,
              failed -> {
                assertThat(failed.failure().kind()).isEqualTo(row.getValue());
                assertThat(failed.failure().message()).doesNotContain("AIza");
              });
    }
    for (var foreign : List.of("data: nonsense\n\n", "data: [1]\n\n", "data: \"text\"\n\n")) {
      assertThat(heard(List.of(foreign.getBytes(UTF_8))))
          .singleElement()
          .isInstanceOf(Delta.Failed.class);
    }
  }

  @Test
  void a_failure_is_told_as_an_error_and_nothing_after_it() {
    var writer = new GeminiClient().stream(envelope());
    var told =
        new String(writer.write(new Delta.Failed(new Failure(Failure.Kind.LIMITED, "why"))), UTF_8);
    assertThat(told)
        .isEqualTo(
            "data:"
                + " {\"error\":{\"code\":429,\"message\":\"why\",\"status\":\"RESOURCE_EXHAUSTED\"}}\n\n");
    assertThat(writer.write(new Delta.Text(0, "x"))).isEmpty();
    assertThat(writer.end()).isEmpty();
  }

  @Test
  void an_answer_that_is_no_answer_is_unreadable() {
    for (var body : List.of("{\"error\":{\"code\":500}}", "\"text\"", "[1]", "[{\"error\":{}}]")) {
      assertThatExceptionOfType(UnreadableAnswer.class)
          .isThrownBy(() -> new GeminiProvider().read(json(body), "r-1"));
    }
  }

  @Test
  void calls_whose_arguments_come_in_turns_are_told_whole_and_in_their_order() {
    var writer = new GeminiClient().stream(envelope());
    var told =
        List.of(
                new Delta.CallOpened(0, 0, ToolName.of("a"), "i", Optional.empty()),
                new Delta.CallPiece(0, 0, "{\"x\":"),
                new Delta.CallOpened(0, 1, ToolName.of("b"), "j", Optional.of(SEAL)),
                new Delta.CallPiece(0, 1, "{}"),
                new Delta.CallPiece(0, 0, "1}"),
                new Delta.CallOpened(0, 2, ToolName.of("c"), "k", Optional.empty()),
                new Delta.Finished(0, FinishReason.TOOL_CALLS, Optional.empty()))
            .stream()
            .map(delta -> new String(writer.write(delta), UTF_8))
            .toList();
    assertThat(told.subList(0, 4)).containsOnly("");
    assertThat(told.get(4)).containsSubsequence("\"id\":\"i\"", "\"x\":1", "\"id\":\"j\"", "c2ln");
    assertThat(told.get(5)).isEmpty();
    assertThat(told.get(6)).contains("\"id\":\"k\"").doesNotContain("finishReason");
    assertThat(new String(writer.end(), UTF_8)).contains("\"finishReason\":\"STOP\"");
  }

  @Test
  void signatures_of_other_makers_travel_sealed_through_a_client_of_gemini() {
    var foreign = new Signature(Signature.Maker.ANTHROPIC, "EqQB+/=");
    var choice =
        new Reply.Choice(
            List.of(new Part.Thinking("so", Optional.of(foreign))),
            FinishReason.STOP,
            Optional.empty(),
            Optional.empty());
    var body = new GeminiClient().write(new Reply(List.of(choice), Optional.empty()), envelope());
    var part = body.at("/candidates/0/content/parts/0");
    assertThat(part.get("thoughtSignature").asString()).matches("[A-Za-z0-9+/]+=*");
    var returned = Json.object();
    returned.putArray("contents").add(body.at("/candidates/0/content"));
    assertThat(new GeminiClient().read(returned).messages().getFirst().parts())
        .containsExactly(new Part.Thinking("so", Optional.of(foreign)));
  }

  @Test
  void thoughts_are_told_to_who_asked_for_them() {
    var choice =
        new Reply.Choice(
            List.of(new Part.Thinking("so", Optional.empty()), Part.Text.of("x")),
            FinishReason.STOP,
            Optional.empty(),
            Optional.empty());
    var reply = new Reply(List.of(choice), Optional.of(new Usage(10, 4, 0, 9, 5)));
    var request = Json.object();
    var silent =
        new Envelope("r-1", 0, new GeminiClient().read(request.put("model", "m")), request);
    var body = new GeminiClient().write(reply, silent);
    assertThat(body.at("/candidates/0/content/parts")).hasToString("[{\"text\":\"x\"}]");
    assertThat(body.at("/usageMetadata"))
        .hasToString(
            "{\"promptTokenCount\":10,\"candidatesTokenCount\":4,\"totalTokenCount\":19,"
                + "\"cachedContentTokenCount\":4,\"thoughtsTokenCount\":5}");
    assertThat(body.get("modelVersion").asString()).isEqualTo("m");
  }

  private static Envelope envelope() {
    var reasoning =
        new Reasoning(Reasoning.Mode.ON, Optional.empty(), Optional.empty(), Optional.of(true));
    var request =
        new ChatRequest(
            "m",
            List.of(),
            Tools.NONE,
            Sampling.UNSAID,
            Limits.UNSAID,
            reasoning,
            new OutputFormat.Text(),
            new Delivery(true, true),
            Map.of());
    return new Envelope("r-1", 0, request, Json.object());
  }

  private static List<Delta> heard(List<byte[]> pieces) {
    var reader = new GeminiProvider().stream("r-1");
    var events = new Events(1 << 20);
    var deltas = new ArrayList<Delta>();
    for (var piece : pieces) {
      events.feed(piece).forEach(event -> deltas.addAll(reader.read(event)));
    }
    events.rest().ifPresent(event -> deltas.addAll(reader.read(event)));
    deltas.addAll(reader.end());
    return deltas;
  }

  private static Reply gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    assertThat(gathering.failure()).isEmpty();
    return gathering.reply();
  }

  private static byte[] stream(String name) throws IOException {
    return Files.readAllBytes(STREAMS.resolve(name + ".sse"));
  }

  private static List<byte[]> single(byte[] stream) {
    return IntStream.range(0, stream.length).mapToObj(i -> new byte[] {stream[i]}).toList();
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }
}
