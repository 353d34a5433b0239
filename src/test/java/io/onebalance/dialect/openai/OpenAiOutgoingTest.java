package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.OpenAiRequestTest.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.ChatRequest;
import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.Tool;
import io.onebalance.chat.ToolChoice;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.Tools;
import io.onebalance.dialect.BadRequest;
import io.onebalance.dialect.Json;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What providers are sent, each as it takes it.
class OpenAiOutgoingTest {
  private static final Target OPENAI = new Target("openai", "gpt-4.1");
  private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

  private static Outgoing write(ChatRequest request, String provider, String model) {
    return new OpenAiProvider().write(request, new Target(provider, model));
  }

  private static ChatRequest with(Message... messages) {
    return saying(HI, "").with(List.of(messages));
  }

  private static ChatRequest with(Tools tools) {
    var plain = saying(HI, "");
    return new ChatRequest(
        plain.model(),
        plain.messages(),
        tools,
        plain.sampling(),
        plain.limits(),
        plain.reasoning(),
        plain.format(),
        plain.delivery(),
        Map.of());
  }

  /// One member of the request in one case of each provider: what is sent, or `-` where it is
  /// dropped and told.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai|gpt-4.1|\"max_tokens\":9|max_tokens|9",
        "openai|gpt-5|\"max_tokens\":9|max_completion_tokens|9",
        "openai|o3|\"max_completion_tokens\":9|max_completion_tokens|9",
        "azure-openai|o4-mini|\"max_tokens\":9|max_completion_tokens|9",
        "openai|gpt-6-nano|\"max_tokens\":9|max_completion_tokens|9",
        "openrouter|openai/gpt-5|\"max_completion_tokens\":9|max_tokens|9",
        "mistral|mistral-large|\"max_completion_tokens\":9|max_tokens|9",
        "deepseek|deepseek-v4|\"max_completion_tokens\":9|max_tokens|9",
        "groq|llama|\"max_tokens\":9|max_completion_tokens|9",
        "cerebras|llama|\"max_tokens\":9|max_completion_tokens|9",
        "mine|any|\"max_completion_tokens\":9|max_tokens|9",
        "openai|gpt-4.1|\"temperature\":1.5|temperature|1.5",
        "openai|gpt-4.1|\"temperature\":1.0|temperature|1",
        "openai|gpt-5|\"temperature\":1.5|temperature|-",
        "openai|gpt-5|\"top_p\":0.5|top_p|-",
        "openai|gpt-5-chat-latest|\"top_p\":0.5|top_p|0.5",
        "openai|o3|\"stop\":[\"x\"]|stop|-",
        "openai|gpt-4.1|\"stop\":\"x\"|stop|[\"x\"]",
        "openai|gpt-4.1|\"top_k\":5|top_k|-",
        "mine|any|\"top_k\":5|top_k|5",
        "mistral|mistral-large|\"seed\":5|random_seed|5",
        "openai|gpt-4.1|\"seed\":5|seed|5",
        "groq|llama|\"logprobs\":true|logprobs|-",
        "groq|llama|\"logit_bias\":{}|logit_bias|-",
        "openai|gpt-4.1|\"logit_bias\":{}|logit_bias|{}",
        "openai|gpt-4.1|\"logprobs\":true,\"top_logprobs\":3|top_logprobs|3",
        "openai|gpt-4.1|\"n\":2|n|2",
        "cerebras|llama|\"presence_penalty\":1|presence_penalty|-",
        "mistral|mistral-large|\"metadata\":{}|metadata|-",
        "openai|gpt-4.1|\"metadata\":{\"a\":\"b\"}|metadata|{\"a\":\"b\"}",
        "openai|gpt-4.1|\"metadata\":{\"user_id\":\"b\"}|metadata|-",
        "openai|gpt-4.1|\"service_tier\":\"standard_only\"|service_tier|-",
        "openai|gpt-4.1|\"odd\":1|odd|-",
        "openai|gpt-4.1|\"reasoning_effort\":\"high\"|reasoning_effort|-",
        "openai|o3|\"reasoning_effort\":\"minimal\"|reasoning_effort|\"low\"",
        "openai|o3|\"reasoning_effort\":\"none\"|reasoning_effort|-",
        "openai|o3|\"reasoning_effort\":\"max\"|reasoning_effort|\"high\"",
        "openai|gpt-5|\"reasoning_effort\":\"none\"|reasoning_effort|\"minimal\"",
        "openai|gpt-5-mini|\"reasoning_effort\":\"minimal\"|reasoning_effort|\"minimal\"",
        "openai|gpt-5.1|\"reasoning_effort\":\"none\"|reasoning_effort|\"none\"",
        "openai|gpt-5.4|\"reasoning_effort\":\"max\"|reasoning_effort|\"xhigh\"",
        "openai|gpt-6|\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}|reasoning_effort|\"low\"",
        "openai|gpt-6|\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}|reasoning_effort|\"medium\"",
        "openai|gpt-6|\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8193}|reasoning_effort|\"high\"",
        "groq|openai/gpt-oss-120b|\"reasoning_effort\":\"high\"|reasoning_effort|\"high\"",
        "groq|llama|\"reasoning_effort\":\"high\"|reasoning_effort|-",
        "cerebras|gpt-oss-120b|\"reasoning_effort\":\"low\"|reasoning_effort|\"low\"",
        "cerebras|qwen|\"reasoning_effort\":\"low\"|reasoning_effort|-",
        "grok|grok-4|\"reasoning_effort\":\"low\"|reasoning_effort|-",
        "grok|grok-3-mini|\"reasoning_effort\":\"low\"|reasoning_effort|\"low\"",
        "deepseek|deepseek-v4|\"reasoning_effort\":\"low\"|thinking|{\"type\":\"enabled\"}",
        "deepseek|deepseek-v4|\"reasoning_effort\":\"none\"|thinking|{\"type\":\"disabled\"}",
        "openrouter|x|\"reasoning_effort\":\"high\"|reasoning|{\"effort\":\"high\"}",
        "openrouter|x|\"reasoning\":{\"max_tokens\":99,\"exclude\":true}|reasoning|{\"max_tokens\":99,\"exclude\":true}",
        "qwen|qwen3|\"reasoning\":{\"max_tokens\":99}|thinking_budget|99",
        "qwen|qwen3|\"reasoning_effort\":\"none\"|enable_thinking|false",
        "openai|gpt-4.1|\"response_format\":{\"type\":\"json_object\"}|response_format|{\"type\":\"json_object\"}",
        "deepseek|deepseek-v4|\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}|response_format|{\"type\":\"json_object\"}",
        "openai|gpt-4.1|\"stream\":true|stream_options|{\"include_usage\":true}",
        "groq|llama|\"stream\":true|stream_options|{\"include_usage\":true}",
        "mistral|mistral-large|\"stream\":true|stream|true",
      })
  void each_provider_has_its_own_way(
      String provider, String model, String asked, String member, String sent) {
    var outgoing = write(saying(HI, "," + asked), provider, model);
    var body = outgoing.body();
    if (sent.equals("-")) {
      assertThat(body.has(member)).as(body.toString()).isFalse();
      assertThat(outgoing.dropped()).contains(member);
    } else {
      assertThat(body.get(member)).as(body.toString()).isEqualTo(Json.read(sent).orElseThrow());
    }
  }

  @Test
  void mistral_is_not_asked_for_the_usage_it_tells_anyway() {
    var body = write(saying(HI, ",\"stream\":true"), "mistral", "mistral-large").body();
    assertThat(body.has("stream_options")).isFalse();
  }

  @Test
  void instructions_have_the_role_that_the_model_knows() {
    var request = saying("{\"role\":\"developer\",\"content\":\"be\"}," + HI, "");
    assertThat(role(write(request, "openai", "gpt-5"))).isEqualTo("developer");
    assertThat(role(write(request, "openai", "gpt-4.1"))).isEqualTo("system");
    assertThat(role(write(request, "cerebras", "gpt-oss-120b"))).isEqualTo("system");
  }

  private static String role(Outgoing outgoing) {
    return outgoing.body().at("/messages/0/role").stringValue();
  }

  @Test
  void late_instructions_are_the_users_where_only_the_first_count() {
    var request = saying(HI + ",{\"role\":\"system\",\"content\":\"be\"}", "");
    assertThat(write(request, "openai", "gpt-4.1").body().at("/messages/1/role").stringValue())
        .isEqualTo("system");
    var mistral = write(request, "mistral", "mistral-large").body().path("messages");
    assertThat(mistral.size()).isOne();
    assertThat(mistral.toString()).contains("<system-reminder>\\nbe\\n</system-reminder>");
  }

  @Test
  void a_schema_is_told_where_it_cannot_be_set() {
    var format = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}";
    var body = write(saying(HI, format), "deepseek", "deepseek-v4").body();
    assertThat(body.at("/messages/0/content").stringValue()).contains("JSON schema: {}");
  }

  @Test
  void the_fifth_stop_is_dropped_and_told() {
    var outgoing =
        write(saying(HI, ",\"stop\":[\"a\",\"\",\"b\",\"c\",\"d\",\"e\"]"), "openai", "gpt-4.1");
    assertThat(outgoing.body().path("stop").size()).isEqualTo(4);
    assertThat(outgoing.dropped()).containsExactly("stop[4]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"groq", "cerebras", "deepseek", "cohere"})
  void who_gives_one_answer_refuses_more(String provider) {
    var request = saying(HI, ",\"n\":2");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> write(request, provider, "m"))
        .withMessageStartingWith("n: ");
  }

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

  private static Part.ToolCall call(String id, String arguments) {
    return new Part.ToolCall(ToolName.of("f"), id, arguments, Optional.empty());
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

  @Test
  void tools_that_cannot_keep_their_names_are_told() {
    var spaced = new ToolName("run", Optional.of("shell"), false);
    var dotted = ToolName.of("fs.read");
    var free = new ToolName("patch", Optional.empty(), true);
    var tools =
        new Tools(
            List.of(
                new Tool.Function(spaced, "", Optional.empty(), false),
                new Tool.Function(dotted, "", Optional.empty(), true),
                new Tool.Function(ToolName.of("plain"), "says", Optional.empty(), false),
                new Tool.Custom(free, "", Optional.empty()),
                new Tool.Hosted("web_search", Json.object())),
            new ToolChoice.Named(dotted),
            false);
    var openai = new OpenAiProvider().write(with(tools), OPENAI);
    assertThat(openai.renamed().values()).containsExactlyInAnyOrder(spaced, dotted);
    assertThat(openai.renamed()).containsEntry("shell__run", spaced);
    assertThat(openai.dropped()).containsExactly("tools.web_search");
    var name = openai.body().at("/tools/1/function/name").stringValue();
    assertThat(name).matches("fs_read_[0-9a-f]{8}");
    assertThat(openai.body().at("/tool_choice/function/name").stringValue()).isEqualTo(name);
    assertThat(openai.body().at("/tools/3/type").stringValue()).isEqualTo("custom");
    assertThat(openai.body().path("parallel_tool_calls").booleanValue()).isFalse();
    var groq = write(with(tools), "groq", "llama");
    assertThat(groq.renamed()).containsEntry("patch", free);
    assertThat(groq.body().at("/tools/3/function/parameters/properties/input/type").stringValue())
        .isEqualTo("string");
  }

  @Test
  void only_the_allowed_tools_are_shown_where_nobody_can_say_so() {
    var tools =
        new Tools(
            List.of(
                new Tool.Function(ToolName.of("f"), "", Optional.empty(), false),
                new Tool.Function(ToolName.of("g"), "", Optional.empty(), false)),
            new ToolChoice.Allowed(true, List.of(ToolName.of("g"))),
            true);
    var groq = write(with(tools), "groq", "llama").body();
    assertThat(groq.path("tools").size()).isOne();
    assertThat(groq.path("tool_choice").stringValue()).isEqualTo("required");
    var openai = new OpenAiProvider().write(with(tools), OPENAI).body();
    assertThat(openai.path("tools").size()).isEqualTo(2);
    assertThat(openai.at("/tool_choice/allowed_tools/tools/0/function/name").stringValue())
        .isEqualTo("g");
  }

  @Test
  void no_tools_no_choice() {
    var body = write(saying(HI, ",\"tools\":[],\"tool_choice\":\"auto\""), "mistral", "m").body();
    assertThat(body.has("tools")).isFalse();
    assertThat(body.has("tool_choice")).isFalse();
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
