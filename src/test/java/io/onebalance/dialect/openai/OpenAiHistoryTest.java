package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.Asking.call;
import static io.onebalance.dialect.openai.Asking.with;
import static io.onebalance.dialect.openai.Asking.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What was said before, as providers are told of it.
class OpenAiHistoryTest {
  @Test
  void results_follow_their_calls_and_what_they_show_comes_after() {
    var picture = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "aGk="));
    var request =
        with(
            new Message(Role.ASSISTANT, List.of(call("a", ""), call("b", "{\"x\":1}"))),
            new Message(
                Role.USER,
                List.of(
                    new Part.ToolResult("b", List.of(Part.Text.of("no")), true),
                    new Part.ToolResult("a", List.of(picture), false),
                    Part.Text.of("see"))));
    assertThat(write(request, "openai", "gpt-4.1").body().path("messages"))
        .isEqualTo(
            Json.read(
                    """
                    [{"role":"assistant","content":null,"tool_calls":[
                       {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
                       {"id":"b","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}}]},
                     {"role":"tool","tool_call_id":"a","content":"[image]"},
                     {"role":"tool","tool_call_id":"b","content":"Error: no"},
                     {"role":"user","content":[
                       {"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}},
                       {"type":"text","text":"see"}]}]
                    """)
                .orElseThrow());
  }

  @Test
  void a_tool_that_said_nothing_still_answered() {
    var request =
        with(
            new Message(Role.ASSISTANT, List.of(call("a", "{}"))),
            new Message(Role.USER, List.of(new Part.ToolResult("a", List.of(), false))));
    var body = write(request, "openai", "gpt-4.1").body();
    assertThat(body.at("/messages/1/content").stringValue()).isEqualTo("(no output)");
  }

  @Test
  void ids_fit_and_still_meet() {
    var id = "toolu_" + "x".repeat(60);
    var request =
        with(
            new Message(Role.ASSISTANT, List.of(call(id, "{}"))),
            new Message(Role.USER, List.of(Part.ToolResult.of(id, "1"))));
    for (var provider : List.of("openai", "mistral")) {
      var body = write(request, provider, "m").body();
      var called = body.at("/messages/0/tool_calls/0/id").stringValue();
      assertThat(called).isEqualTo(body.at("/messages/1/tool_call_id").stringValue());
      assertThat(called).matches(provider.equals("openai") ? ".{1,40}" : "[A-Za-z0-9]{9}");
    }
    assertThat(write(request, "mine", "m").body().at("/messages/1/tool_call_id").stringValue())
        .isEqualTo(id);
  }

  @Test
  void signatures_go_to_their_maker_only() {
    var gemini = Optional.of(new Signature(Signature.Maker.GEMINI, "G"));
    var claude = Optional.of(new Signature(Signature.Maker.ANTHROPIC, "A"));
    var request =
        with(
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Thinking("hm", claude),
                    new Part.Text("so", gemini),
                    new Part.ToolCall(ToolName.of("f"), "a", "{}", gemini),
                    new Part.ToolCall(ToolName.of("f"), "b", "{}", claude))));
    var google = write(request, "google-ai-studio", "gemini-3-pro").body();
    var seal = "/extra_content/google/thought_signature";
    assertThat(google.at("/messages/0" + seal).stringValue()).isEqualTo("G");
    assertThat(google.at("/messages/0/tool_calls/0" + seal).stringValue()).isEqualTo("G");
    assertThat(google.at("/messages/0/tool_calls/1" + seal).isMissingNode()).isTrue();
    assertThat(write(request, "openai", "gpt-4.1").body().toString())
        .doesNotContain("extra_content")
        .doesNotContain("\"A\"");
  }

  @Test
  void thoughts_go_back_only_where_they_are_wanted() {
    var request =
        with(
            new Message(
                Role.ASSISTANT, List.of(new Part.Thinking("hm", Optional.empty()), call("a", ""))));
    assertThat(
            write(request, "deepseek", "v4")
                .body()
                .at("/messages/0/reasoning_content")
                .stringValue())
        .isEqualTo("hm");
    var openai = write(request, "openai", "gpt-4.1");
    assertThat(openai.body().toString()).doesNotContain("hm");
    assertThat(openai.dropped()).containsExactly("reasoning_content");
  }

  @Test
  void what_the_assistant_showed_is_noted_and_told() {
    var picture = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "aGk="));
    var alone = write(with(new Message(Role.ASSISTANT, List.of(picture))), "openai", "gpt-4.1");
    assertThat(alone.body().at("/messages/0"))
        .isEqualTo(json("{\"role\":\"assistant\",\"content\":\"[image]\"}"));
    assertThat(alone.dropped()).containsExactly("images");
    var beside = with(new Message(Role.ASSISTANT, List.of(Part.Text.of("See:"), picture)));
    assertThat(write(beside, "openai", "gpt-4.1").body().at("/messages/0/content").stringValue())
        .isEqualTo("See:\n[image]");
  }

  @Test
  void a_turn_that_calls_nothing_has_a_content() {
    var sealed = Optional.of(new Signature(Signature.Maker.GEMINI, "G"));
    var request = with(new Message(Role.ASSISTANT, List.of(new Part.Text("", sealed))));
    assertThat(write(request, "openai", "gpt-4.1").body().at("/messages/0"))
        .isEqualTo(json("{\"role\":\"assistant\",\"content\":\"\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai|{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}",
        "azure-openai|{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}",
        "groq|{\"role\":\"assistant\",\"content\":\"No.\"}",
        "mine|{\"role\":\"assistant\",\"content\":\"No.\"}",
      })
  void a_refusal_is_text_where_messages_have_no_such_member(String provider, String written) {
    var request = with(new Message(Role.ASSISTANT, List.of(new Part.Refusal("No."))));
    var outgoing = write(request, provider, "gpt-4.1");
    assertThat(outgoing.body().at("/messages/0")).isEqualTo(json(written));
    assertThat(outgoing.dropped()).isEmpty();
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }

  @Test
  void deepseek_hears_of_turns_without_thoughts() {
    var request = with(new Message(Role.ASSISTANT, List.of(call("a", ""))));
    assertThat(
            write(request, "deepseek", "v4")
                .body()
                .at("/messages/0/reasoning_content")
                .stringValue())
        .isEmpty();
  }

  @Test
  void an_answer_that_is_begun_is_marked_for_mistral() {
    var request = with(new Message(Role.ASSISTANT, List.of(Part.Text.of("so"))));
    assertThat(write(request, "mistral", "m").body().at("/messages/0/prefix").booleanValue())
        .isTrue();
    assertThat(write(request, "openai", "m").body().at("/messages/0/prefix").isMissingNode())
        .isTrue();
  }

  @Test
  void the_assistant_speaks_between_a_tool_and_the_user_where_it_must() {
    var request =
        with(
            new Message(Role.ASSISTANT, List.of(call("a", ""))),
            new Message(Role.USER, List.of(Part.ToolResult.of("a", "1"), Part.Text.of("so?"))));
    assertThat(roles(write(request, "mistral", "m")))
        .containsExactly("assistant", "tool", "assistant", "user");
    assertThat(roles(write(request, "openai", "m"))).containsExactly("assistant", "tool", "user");
  }

  private static List<String> roles(Outgoing outgoing) {
    return outgoing.body().path("messages").values().stream()
        .map(message -> message.path("role").stringValue())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "openai, VIDEO, video/mp4",
    "deepseek, IMAGE, image/png",
    "groq, AUDIO, audio/wav",
    "mistral, DOCUMENT, application/pdf",
  })
  void what_a_provider_cannot_see_is_refused(String provider, Part.Kind kind, String type) {
    var shown = Part.Media.of(kind, new Source.Inline(type, "aGk="));
    var request = with(new Message(Role.USER, List.of(shown)));
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> write(request, provider, "m"));
  }

  @Test
  void a_plain_document_is_text_to_everybody() {
    var shown =
        new Part.Media(
            Part.Kind.DOCUMENT,
            new Source.Inline("text/plain", "aGk="),
            Optional.of("a.txt"),
            Optional.empty());
    var request = with(new Message(Role.USER, List.of(shown)));
    assertThat(
            write(request, "deepseek", "m").body().at("/messages/0/content/0/text").stringValue())
        .isEqualTo("a.txt\n\nhi");
  }
}
