package io.onebalance.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.BadRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RequestTest {
  private static final Target PLAIN = new Target("openai", "gpt-4.1");
  private static final String HELLO = "{\"model\":\"m\",\"input\":\"Hi\"}";

  private final ResponsesClient client = new ResponsesClient();
  private final ResponsesProvider provider = new ResponsesProvider();

  @TestFactory
  Stream<DynamicTest> what_a_client_asks_reaches_the_provider_or_is_told_or_refused() {
    return Vectors.json("requests.json").values().stream()
        .map(row -> dynamicTest(row.path("it").asString(), () -> check(row)));
  }

  private void check(JsonNode row) {
    var body = (ObjectNode) Vectors.parsed(HELLO);
    body.setAll((ObjectNode) row.path("given"));
    if (row.has("refused")) {
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> client.read(body))
          .satisfies(
              refused -> assertThat(refused.where()).isEqualTo(row.path("refused").asString()))
          .satisfies(refused ->
              assertThat(refused.code().orElse("")).isEqualTo(row.path("code").asString("")));
      return;
    }
    var target = new Target(row.path("provider").asString(), row.path("model").asString());
    var asked = provider.write(client.read(body), target);
    row.path("asked")
        .properties()
        .forEach(member -> {
          var written = asked.body().path(member.getKey());
          if (member.getValue().isNull()) {
            assertThat(written.isMissingNode()).as(member.getKey()).isTrue();
          } else {
            assertThat(written).as(member.getKey()).isEqualTo(member.getValue());
          }
        });
    assertThat(asked.body().path("model").asString()).isEqualTo(target.model());
    assertThat(asked.dropped()).isEqualTo(texts(row.path("dropped")));
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }

  @Test
  void what_only_other_dialects_know_is_left_out_and_told() {
    var asked = Vectors.parsed("{\"model\":\"m\",\"input\":\"Hi\",\"top_p\":0.5}");
    var request = client.read(asked);
    var outgoing =
        provider.write(
            new ChatRequest(
                "m",
                request.messages(),
                new Tools(
                    List.of(new Tool.Hosted("web_search_20250305", asked)),
                    request.tools().choice(),
                    true),
                new Sampling(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(5),
                    Optional.of(7L),
                    Optional.of(0.5),
                    Optional.of(0.0),
                    Optional.empty()),
                new Limits(Optional.empty(), List.of("END"), 1),
                request.reasoning(),
                request.format(),
                request.delivery(),
                Map.of()),
            PLAIN);
    assertThat(outgoing.dropped())
        .containsExactly("presence_penalty", "seed", "stop", "tools.web_search_20250305", "top_k");
  }

  @Test
  void several_answers_are_refused() {
    var hello = client.read(Vectors.parsed(HELLO));
    var two =
        new ChatRequest(
            "m",
            hello.messages(),
            hello.tools(),
            hello.sampling(),
            new Limits(Optional.empty(), List.of(), 2),
            hello.reasoning(),
            hello.format(),
            hello.delivery(),
            Map.of());
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> provider.write(two, PLAIN))
        .satisfies(refused -> assertThat(refused.where()).isEqualTo("n"));
  }

  @Test
  void a_film_and_a_linked_sound_are_refused() {
    var film = Part.Media.of(Part.Kind.VIDEO, new Source.Inline("video/mp4", "AAAA"));
    var sound =
        Part.Media.of(Part.Kind.AUDIO, new Source.Link("https://x.example", Optional.empty()));
    for (var media : List.of(film, sound)) {
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> written(new Message(Message.Role.USER, List.of(media))));
    }
  }

  @Test
  void what_the_assistant_showed_is_left_out_and_told() {
    var picture = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AAAA"));
    var outgoing =
        written(new Message(Message.Role.ASSISTANT, List.of(Part.Text.of("See."), picture)));
    assertThat(outgoing.dropped()).containsExactly("messages.content.image");
    assertThat(outgoing.body().path("input")).hasSize(2);
  }

  @Test
  void thoughts_and_signatures_of_other_makers_stay_here() {
    var foreign = Optional.of(new Signature(Signature.Maker.GEMINI, "secret-seal"));
    var redacted = new Signature(Signature.Maker.ANTHROPIC, "secret-thought");
    var call = new Part.ToolCall(ToolName.of("weather"), "c1", "{}", foreign);
    var outgoing =
        written(
            new Message(
                Message.Role.ASSISTANT,
                List.of(
                    new Part.Thinking("hm", foreign),
                    new Part.RedactedThinking(redacted),
                    new Part.Text("Let me look.", foreign),
                    call)));
    assertThat(outgoing.body().toString()).doesNotContain("secret");
    assertThat(outgoing.dropped()).containsExactly("thinking");
    assertThat(outgoing.body().path("input").values())
        .extracting(item -> item.path("type").asString())
        .containsExactly("message", "message", "function_call", "function_call_output");
  }

  @Test
  void a_system_message_with_a_picture_stays_where_it_is() {
    var picture = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AAAA"));
    var hello = client.read(Vectors.parsed(HELLO));
    var system = new Message(Message.Role.SYSTEM, List.of(Part.Text.of("Like this:"), picture));
    var body = provider.write(hello.with(List.of(system)), PLAIN).body();
    assertThat(body.has("instructions")).isFalse();
    assertThat(body.path("input").path(0).path("content")).hasSize(2);
  }

  @Test
  void a_failed_result_says_so() {
    var call = new Part.ToolCall(ToolName.of("weather"), "c1", "{}", Optional.empty());
    var picture = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AAAA"));
    var result = new Part.ToolResult("c1", List.of(Part.Text.of("no such city"), picture), true);
    var outgoing =
        written(
            new Message(Message.Role.ASSISTANT, List.of(call)),
            new Message(Message.Role.USER, List.of(result)));
    assertThat(outgoing.body().path("input").path(2).path("output").values())
        .extracting(part -> part.path("text").asString(""))
        .containsExactly("Error:", "no such city", "");
  }

  @Test
  void names_that_openai_refuses_are_changed_everywhere_and_told() {
    var name = ToolName.of("files.read:all");
    var call = new Part.ToolCall(name, "c1", "{}", Optional.empty());
    var hello = client.read(Vectors.parsed(HELLO));
    var request =
        new ChatRequest(
            "m",
            List.of(
                new Message(Message.Role.USER, List.of(Part.Text.of("Hi"))),
                new Message(Message.Role.ASSISTANT, List.of(call))),
            new Tools(
                List.of(new Tool.Function(name, "", Optional.empty(), false)),
                new ToolChoice.Named(name),
                true),
            hello.sampling(),
            hello.limits(),
            hello.reasoning(),
            hello.format(),
            hello.delivery(),
            Map.of());
    var outgoing = provider.write(request, PLAIN);
    var changed = outgoing.body().path("tools").path(0).path("name").asString();
    assertThat(changed).matches("files_read_all_[0-9a-f]{16}");
    assertThat(outgoing.body().path("tool_choice").path("name").asString()).isEqualTo(changed);
    assertThat(outgoing.body().path("input").path(1).path("name").asString()).isEqualTo(changed);
    assertThat(outgoing.renamed()).isEqualTo(Map.of(changed, name));
  }

  private Outgoing written(Message... messages) {
    var all =
        Stream.concat(
            Stream.of(new Message(Message.Role.USER, List.of(Part.Text.of("Hi")))),
            Stream.of(messages));
    return provider.write(client.read(Vectors.parsed(HELLO)).with(all.toList()), PLAIN);
  }
}
