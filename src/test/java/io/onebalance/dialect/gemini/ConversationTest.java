package io.onebalance.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Calls, results, signatures, pictures and tools as they are written for Google's models.
class ConversationTest {
  private static final Target OLDER = new Target("google-ai-studio", "gemini-2.5-flash");
  private static final Target NEWER = new Target("google-ai-studio", "gemini-3.1-pro-preview");
  private static final Target VERTEX = new Target("google-vertex-ai", "gemini-3.1-pro-preview");
  private static final Signature SEAL = new Signature(Maker.GEMINI, "c2VhbA==");
  private static final Part PICTURE =
      Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png; q=1", "iVBORw=="));

  @Test
  void arguments_that_are_no_object_become_one() {
    for (var row :
        Map.of(
                "",
                "{}",
                "{\"a\":1}",
                "{\"a\":1}",
                "[1]",
                "{\"value\":[1]}",
                "{\"a",
                "{\"_raw\":\"{\\\"a\"}")
            .entrySet()) {
      var written = contents(OLDER, assistant(call("c", row.getKey(), Optional.empty())));
      assertThat(written.at("/1/parts/0/functionCall/args")).hasToString(row.getValue());
    }
  }

  @Test
  void results_are_objects_and_errors_say_so() {
    for (var row :
        Map.of(
                "text", "{\"output\":\"text\"}",
                "{\"a\":1}", "{\"a\":1}",
                "[1]", "{\"output\":\"[1]\"}",
                "", "{\"output\":\"\"}",
                "{\"a\":[{\"$ref\":\"x\"}]}",
                    "{\"output\":\"{\\\"a\\\":[{\\\"$ref\\\":\\\"x\\\"}]}\"}")
            .entrySet()) {
      var written =
          contents(
              OLDER,
              assistant(call("c", "", Optional.empty())),
              user(Part.ToolResult.of("c", row.getKey())));
      assertThat(written.at("/2/parts/0/functionResponse/response")).hasToString(row.getValue());
      assertThat(written.at("/2/parts/0/functionResponse/name").asString()).isEqualTo("tool");
    }
    var failed = new Part.ToolResult("c", List.of(Part.Text.of("{}")), true);
    assertThat(
            contents(OLDER, assistant(call("c", "", Optional.empty())), user(failed))
                .at("/2/parts/0/functionResponse/response"))
        .hasToString("{\"error\":\"{}\"}");
  }

  @Test
  void vertex_gets_no_ids_of_calls() {
    var messages =
        new Message[] {
          assistant(call("c", "", Optional.of(SEAL))), user(Part.ToolResult.of("c", "x"))
        };
    assertThat(contents(NEWER, messages).findValuesAsString("id")).containsExactly("c", "c");
    assertThat(contents(VERTEX, messages).findValuesAsString("id")).isEmpty();
  }

  @Test
  void signatures_of_gemini_come_back_on_their_part_and_those_of_others_never() {
    var foreign = new Signature(Maker.ANTHROPIC, "foreign");
    var written =
        contents(
            OLDER,
            assistant(
                new Part.Thinking("of mine", Optional.of(SEAL)),
                new Part.Thinking("of another", Optional.of(foreign)),
                new Part.Thinking("unsigned", Optional.empty()),
                new Part.RedactedThinking(foreign),
                new Part.Text("said", Optional.of(SEAL)),
                new Part.Text("said too", Optional.of(foreign)),
                call("a", "", Optional.of(SEAL)),
                call("b", "", Optional.of(foreign))));
    assertThat(written.at("/1/parts"))
        .isEqualTo(
            json(
                """
                [{"text": "of mine", "thought": true, "thoughtSignature": "c2VhbA=="},
                 {"text": "said", "thoughtSignature": "c2VhbA=="},
                 {"text": "said too"},
                 {"functionCall": {"id": "a", "name": "tool", "args": {}}, "thoughtSignature": "c2VhbA=="},
                 {"functionCall": {"id": "b", "name": "tool", "args": {}}}]
                """));
  }

  @Test
  void since_gemini_3_the_first_call_of_a_turn_without_a_signature_says_that_it_is_lost() {
    var lost = "skip_thought_signature_validator";
    assertThat(
            contents(
                    NEWER,
                    assistant(call("a", "", Optional.empty()), call("b", "", Optional.empty())))
                .findValuesAsString("thoughtSignature"))
        .containsExactly(lost);
    assertThat(
            contents(
                    NEWER,
                    assistant(call("a", "", Optional.of(SEAL)), call("b", "", Optional.empty())))
                .findValuesAsString("thoughtSignature"))
        .containsExactly(SEAL.value());
    var request =
        request(
            Tools.NONE,
            assistant(call("a", "", Optional.of(SEAL)), new Part.Text("x", Optional.of(SEAL))));
    assertThat(
            new GeminiProvider()
                .write(request.unsigned(), NEWER)
                .body()
                .findValuesAsString("thoughtSignature"))
        .containsExactly(lost);
  }

  @Test
  void pictures_of_tools_stand_in_the_result_since_gemini_3_and_before_behind_all_results() {
    var shown = new Part.ToolResult("a", List.of(Part.Text.of("see"), PICTURE), false);
    var messages =
        new Message[] {
          assistant(call("a", "", Optional.of(SEAL)), call("b", "", Optional.empty())),
          user(shown, Part.ToolResult.of("b", "x"), Part.Text.of("so?"))
        };
    assertThat(
            contents(NEWER, messages)
                .at("/2/parts/0/functionResponse/parts/0/inlineData/mimeType")
                .asString())
        .isEqualTo("image/png");
    assertThat(
            contents(OLDER, messages)
                .at("/2/parts")
                .valueStream()
                .map(part -> part.propertyNames().iterator().next()))
        .containsExactly("functionResponse", "functionResponse", "text", "inlineData", "text");
  }

  @Test
  void links_that_google_does_not_fetch_are_refused() {
    var picture =
        Part.Media.of(
            Part.Kind.IMAGE, new Source.Link("https://example.com/a.png", Optional.empty()));
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> contents(NEWER, user(picture)));
    assertThat(contents(VERTEX, user(picture)).findValue("fileUri").asString())
        .isEqualTo("https://example.com/a.png");
    var film =
        Part.Media.of(
            Part.Kind.VIDEO,
            new Source.Link("https://www.youtube.com/watch?v=x", Optional.empty()));
    assertThat(contents(NEWER, user(film)).findValue("fileUri").asString()).contains("youtube");
    var file = Part.Media.of(Part.Kind.DOCUMENT, new Source.Uploaded("file-123"));
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> contents(NEWER, user(file)));
  }

  @Test
  void names_that_google_refuses_are_changed_the_same_way_everywhere_and_told() {
    var odd = ToolName.of("9 lives");
    var spaced = new ToolName("run", Optional.of("shell"), false);
    var lengthy = ToolName.of("x".repeat(70));
    var custom = new ToolName("patch", Optional.empty(), true);
    var tools =
        new Tools(
            List.of(
                function(odd),
                function(spaced),
                function(lengthy),
                function(ToolName.of("_9_lives")),
                function(odd),
                new Tool.Custom(custom, "", Optional.empty())),
            new ToolChoice.Named(odd),
            true);
    var history = new Part.ToolCall(custom, "c", "free text", Optional.empty());
    var outgoing = write(OLDER, tools, assistant(history));
    var names = outgoing.body().at("/tools/0/functionDeclarations").findValuesAsString("name");
    assertThat(names)
        .hasSize(5)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,63}"));
    assertThat(names.getFirst()).isEqualTo("_9_lives");
    assertThat(outgoing.renamed().values())
        .containsExactlyInAnyOrder(odd, spaced, lengthy, ToolName.of("_9_lives"), custom);
    assertThat(outgoing.body().at("/toolConfig/functionCallingConfig"))
        .isEqualTo(json("{\"mode\": \"ANY\", \"allowedFunctionNames\": [\"_9_lives\"]}"));
    assertThat(outgoing.body().at("/contents/1/parts/0/functionCall/args"))
        .hasToString("{\"input\":\"free text\"}");
  }

  @Test
  void choices_among_tools() {
    var a = ToolName.of("a");
    var both = List.<Tool>of(function(a), function(ToolName.of("b")));
    assertThat(calling(both, new ToolChoice.Auto())).isEmpty();
    assertThat(calling(both, new ToolChoice.None())).contains("{\"mode\":\"NONE\"}");
    assertThat(calling(both, new ToolChoice.Required())).contains("{\"mode\":\"ANY\"}");
    assertThat(calling(both, new ToolChoice.Allowed(true, List.of(a))))
        .contains("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"a\"]}");
    var free =
        write(
            OLDER,
            new Tools(both, new ToolChoice.Allowed(false, List.of(a)), true),
            user(Part.Text.of("x")));
    assertThat(free.body().findValuesAsString("name")).containsExactly("a");
    assertThat(calling(List.of(), new ToolChoice.Required())).isEmpty();
    var strict = new Tool.Function(a, "", Optional.empty(), true);
    assertThat(calling(List.of(strict), new ToolChoice.Unsaid()))
        .contains("{\"mode\":\"VALIDATED\"}");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> calling(both, new ToolChoice.Named(ToolName.of("z"))));
  }

  @Test
  void tools_that_google_runs_stand_beside_functions_since_gemini_3_only() {
    var search =
        new Tool.Hosted("web_search_20250305", json("{\"type\": \"web_search_20250305\"}"));
    var other = new Tool.Hosted("code_interpreter", json("{}"));
    var tools =
        new Tools(List.of(function(ToolName.of("a")), search, other), new ToolChoice.Auto(), false);
    var older = write(OLDER, tools, user(Part.Text.of("x")));
    assertThat(older.body().at("/tools").size()).isEqualTo(1);
    assertThat(older.dropped()).containsExactlyInAnyOrder("googleSearch", "code_interpreter");
    var newer = write(NEWER, tools, user(Part.Text.of("x")));
    assertThat(newer.body().at("/tools/1")).isEqualTo(json("{\"googleSearch\": {}}"));
    assertThat(newer.body().at("/toolConfig"))
        .isEqualTo(
            json(
                "{\"functionCallingConfig\": {\"mode\": \"VALIDATED\"},"
                    + " \"includeServerSideToolInvocations\": true}"));
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() ->
            write(
                OLDER,
                new Tools(List.of(other), new ToolChoice.Required(), true),
                user(Part.Text.of("x"))));
  }

  @Test
  void a_form_of_the_answer_is_told_in_words_where_functions_stand_beside_it_before_gemini_3() {
    var tools = new Tools(List.of(function(ToolName.of("a"))), new ToolChoice.Auto(), true);
    var asked = request(tools, user(Part.Text.of("x")));
    var formed =
        new ChatRequest(
            "m",
            asked.messages(),
            tools,
            Sampling.UNSAID,
            Limits.UNSAID,
            Reasoning.UNSAID,
            new OutputFormat.Schema("s", Optional.empty(), json("{\"type\": \"object\"}"), true),
            asked.delivery(),
            Map.of());
    var older = new GeminiProvider().write(formed, OLDER).body();
    assertThat(older.has("generationConfig")).isFalse();
    assertThat(older.at("/systemInstruction/parts/0/text").asString())
        .endsWith("{\"type\":\"object\"}");
    assertThat(new GeminiProvider().write(formed, NEWER).body().at("/generationConfig"))
        .isEqualTo(
            json(
                "{\"responseMimeType\": \"application/json\", \"responseJsonSchema\": {\"type\":"
                    + " \"object\"}}"));
    assertThat(
            new GeminiProvider(true)
                .write(formed, NEWER)
                .body()
                .at("/generationConfig")
                .has("responseSchema"))
        .isTrue();
  }

  @Test
  void several_answers_are_refused_where_a_model_gives_one() {
    for (var stream : List.of(true, false)) {
      var asked = request(Tools.NONE, user(Part.Text.of("x")));
      var several =
          new ChatRequest(
              "m",
              asked.messages(),
              Tools.NONE,
              Sampling.UNSAID,
              new Limits(Optional.empty(), List.of(), 2),
              Reasoning.UNSAID,
              new OutputFormat.Text(),
              new Delivery(stream, false),
              Map.of());
      var target = stream ? OLDER : NEWER;
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> new GeminiProvider().write(several, target));
    }
  }

  private static Optional<String> calling(List<Tool> tools, ToolChoice choice) {
    var body = write(OLDER, new Tools(tools, choice, true), user(Part.Text.of("x"))).body();
    return Optional.ofNullable(body.findValue("functionCallingConfig")).map(Json::text);
  }

  private static Tool function(ToolName name) {
    return new Tool.Function(name, "", Optional.empty(), false);
  }

  private static JsonNode contents(Target target, Message... messages) {
    return write(target, Tools.NONE, messages).body().get("contents");
  }

  private static Outgoing write(Target target, Tools tools, Message... messages) {
    return new GeminiProvider().write(request(tools, messages), target);
  }

  private static ChatRequest request(Tools tools, Message... messages) {
    return new ChatRequest(
        "m",
        List.of(messages),
        tools,
        Sampling.UNSAID,
        Limits.UNSAID,
        Reasoning.UNSAID,
        new OutputFormat.Text(),
        new Delivery(false, false),
        Map.of());
  }

  private static Message user(Part... parts) {
    return new Message(Role.USER, List.of(parts));
  }

  private static Message assistant(Part... parts) {
    return new Message(Role.ASSISTANT, List.of(parts));
  }

  private static Part call(String id, String arguments, Optional<Signature> signature) {
    return new Part.ToolCall(ToolName.of("tool"), id, arguments, signature);
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }
}
