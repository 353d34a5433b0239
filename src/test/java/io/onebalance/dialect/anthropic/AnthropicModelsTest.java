package io.onebalance.dialect.anthropic;

import static io.onebalance.dialect.anthropic.Say.ADAPTIVE;
import static io.onebalance.dialect.anthropic.Say.NEW;
import static io.onebalance.dialect.anthropic.Say.OLD;
import static io.onebalance.dialect.anthropic.Say.asked;
import static io.onebalance.dialect.anthropic.Say.json;
import static io.onebalance.dialect.anthropic.Say.read;
import static io.onebalance.dialect.anthropic.Say.to;
import static io.onebalance.dialect.anthropic.Say.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.json.BadRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Thinking, sampling, tools and schemas, by what each generation of models takes.
class AnthropicModelsTest {
  private static final ChatRequest PLAIN = asked(user("Hi"));
  private static final Tool WEATHER =
      new Tool.Function(
          ToolName.of("weather"),
          "Tells it",
          Optional.of(json("{'type': 'object', 'properties': {}}")),
          false);

  private static ChatRequest with(Reasoning reasoning, Optional<Integer> tokens) {
    return new ChatRequest(
        "mine",
        PLAIN.messages(),
        PLAIN.tools(),
        PLAIN.sampling(),
        new Limits(tokens, List.of(), 1),
        reasoning,
        PLAIN.format(),
        PLAIN.delivery(),
        PLAIN.extras());
  }

  private static ChatRequest with(Tools tools, OutputFormat format) {
    return new ChatRequest(
        "mine",
        PLAIN.messages(),
        tools,
        PLAIN.sampling(),
        PLAIN.limits(),
        PLAIN.reasoning(),
        format,
        PLAIN.delivery(),
        PLAIN.extras());
  }

  private static ChatRequest with(Sampling sampling) {
    return new ChatRequest(
        "mine",
        PLAIN.messages(),
        PLAIN.tools(),
        sampling,
        PLAIN.limits(),
        PLAIN.reasoning(),
        PLAIN.format(),
        PLAIN.delivery(),
        PLAIN.extras());
  }

  private static Reasoning effort(Effort effort) {
    return new Reasoning(Mode.ON, Optional.of(effort), Optional.empty(), Optional.empty());
  }

  private static Reasoning budget(int budget) {
    return new Reasoning(Mode.ON, Optional.empty(), Optional.of(budget), Optional.empty());
  }

  private static String thinking(JsonNode body) {
    return body.path("thinking").path("type").asString("unsaid")
        + " "
        + body.path("thinking").path("budget_tokens").asString("")
        + body.path("output_config").path("effort").asString("");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, disabled, disabled",
    "MINIMAL, enabled 1024, adaptive low",
    "LOW, enabled 1024, adaptive low",
    "MEDIUM, enabled 4096, adaptive medium",
    "HIGH, enabled 16384, adaptive high",
    "XHIGH, enabled 16384, adaptive xhigh",
    "MAX, enabled 16384, adaptive max"
  })
  void efforts_are_budgets_of_older_models(Effort effort, String old, String adaptive) {
    assertThat(thinking(to(OLD, with(effort(effort), Optional.empty())).body()).strip())
        .isEqualTo(old);
    assertThat(thinking(to(ADAPTIVE, with(effort(effort), Optional.empty())).body()).strip())
        .isEqualTo(adaptive);
  }

  @ParameterizedTest
  @CsvSource({
    "1024, enabled 1024, enabled 1024, adaptive low",
    "500, enabled 1024, enabled 1024, adaptive low",
    "8192, enabled 8192, enabled 8192, adaptive medium",
    "20000, enabled 20000, enabled 20000, adaptive high",
    "0, disabled, disabled, disabled"
  })
  void budgets_are_efforts_of_the_newest(int budget, String old, String adaptive, String newest) {
    assertThat(thinking(to(OLD, with(budget(budget), Optional.of(30_000))).body()).strip())
        .isEqualTo(old);
    assertThat(thinking(to(ADAPTIVE, with(budget(budget), Optional.of(30_000))).body()).strip())
        .isEqualTo(adaptive);
    assertThat(thinking(to(NEW, with(budget(budget), Optional.of(30_000))).body()).strip())
        .isEqualTo(newest);
  }

  @Test
  void a_budget_is_smaller_than_the_answer() {
    var half = to(OLD, with(budget(8192), Optional.of(4096)));
    assertThat(thinking(half.body())).isEqualTo("enabled 2048");
    assertThat(half.body().path("max_tokens").asInt()).isEqualTo(4096);
    var none = to(OLD, with(budget(8192), Optional.of(1000)));
    assertThat(thinking(none.body()).strip()).isEqualTo("unsaid");
    assertThat(none.dropped()).containsExactly("reasoning");
    assertThat(
            to("some-other", with(budget(20_000), Optional.empty()))
                .body()
                .path("max_tokens")
                .asInt())
        .isEqualTo(40_000);
  }

  @Test
  void models_that_cannot_think_are_not_told_to() {
    var outgoing = to("claude-3-5-haiku-20241022", with(effort(Effort.HIGH), Optional.empty()));
    assertThat(thinking(outgoing.body()).strip()).isEqualTo("unsaid");
    assertThat(outgoing.dropped()).containsExactly("reasoning");
    var off = to("claude-3-5-haiku-20241022", with(effort(Effort.NONE), Optional.empty()));
    assertThat(off.body().has("thinking")).isFalse();
  }

  @Test
  void what_this_dialect_says_of_thinking_stays() {
    for (var thinking :
        List.of(
            "{'type': 'adaptive', 'display': 'omitted'}",
            "{'type': 'adaptive', 'display': 'summarized'}",
            "{'type': 'disabled'}",
            "{'type': 'enabled', 'budget_tokens': 2048}")) {
      var request = read("{'model': 'm', 'thinking': " + thinking + ", 'messages': []}");
      assertThat(to(ADAPTIVE, request).body().path("thinking")).isEqualTo(json(thinking));
    }
  }

  @Test
  void older_models_stop_thinking_where_their_last_thought_is_missing() {
    var talk =
        "'messages': [{'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': [THOUGHT"
            + "{'type': 'tool_use', 'id': 'a', 'name': 'b', 'input': {}}]},"
            + "{'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': 'a'}]}]}";
    var request = "{'model': 'm', 'thinking': {'type': 'enabled', 'budget_tokens': 2048}, " + talk;
    var without = read(request.replace("THOUGHT", ""));
    assertThat(to(OLD, without).body().has("thinking")).isFalse();
    assertThat(to(OLD, without).dropped()).containsExactly("reasoning");
    assertThat(to(ADAPTIVE, without).dropped()).containsExactly("reasoning");
    var with =
        read(
            request.replace(
                "THOUGHT", "{'type': 'thinking', 'thinking': 'Hm.', 'signature': 'own'},"));
    assertThat(to(OLD, with).body().has("thinking")).isTrue();
    assertThat(to(NEW, without).body().has("thinking")).isTrue();
  }

  @Test
  void sampling_is_what_the_model_takes() {
    var all =
        with(
            new Sampling(
                Optional.of(1.7),
                Optional.of(0.9),
                Optional.of(5),
                Optional.of(7L),
                Optional.of(0.1),
                Optional.of(0.2),
                Optional.of(3)));
    var others = List.of("seed", "presence_penalty", "frequency_penalty", "logprobs");
    var claude3 = to("claude-3-5-sonnet-20241022", all);
    assertThat(claude3.body().path("temperature").asDouble()).isEqualTo(1.0);
    assertThat(claude3.body().path("top_p").asDouble()).isEqualTo(0.9);
    assertThat(claude3.dropped()).containsExactlyElementsOf(others);
    var claude4 = to(OLD, all);
    assertThat(claude4.body().path("top_k").asInt()).isEqualTo(5);
    assertThat(claude4.dropped()).contains("top_p").containsAll(others).doesNotContain("top_k");
    assertThat(to(NEW, all).dropped()).contains("temperature", "top_p", "top_k");
  }

  @Test
  void a_thinking_model_is_not_heated() {
    var request =
        read(
            "{'model': 'm', 'temperature': 0.5, 'top_k': 5, 'top_p': 0.96, 'messages': [],"
                + "'thinking': {'type': 'enabled', 'budget_tokens': 2048}}");
    var outgoing = to(OLD, request);
    assertThat(outgoing.body().has("temperature")).isFalse();
    assertThat(outgoing.body().path("top_p").asDouble()).isEqualTo(0.96);
    assertThat(outgoing.dropped()).containsExactly("temperature", "top_k");
  }

  @Test
  void several_answers_are_refused() {
    var request =
        new ChatRequest(
            "mine",
            PLAIN.messages(),
            PLAIN.tools(),
            PLAIN.sampling(),
            new Limits(Optional.empty(), List.of(), 2),
            PLAIN.reasoning(),
            PLAIN.format(),
            PLAIN.delivery(),
            PLAIN.extras());
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> to(OLD, request))
        .satisfies(bad -> assertThat(bad.where()).isEqualTo("n"));
  }

  private static Outgoing choosing(ToolChoice choice, boolean parallel) {
    var tools = new Tools(List.of(WEATHER), choice, parallel);
    return to(OLD, with(tools, new OutputFormat.Text()));
  }

  private static String chosen(ToolChoice choice, boolean parallel) {
    return choosing(choice, parallel).body().path("tool_choice").toString();
  }

  @Test
  void choices_are_written() {
    var weather = ToolName.of("weather");
    assertThat(chosen(new ToolChoice.Unsaid(), true)).isEmpty();
    assertThat(chosen(new ToolChoice.Auto(), true)).isEqualTo("{\"type\":\"auto\"}");
    assertThat(chosen(new ToolChoice.None(), false)).isEqualTo("{\"type\":\"none\"}");
    assertThat(chosen(new ToolChoice.Required(), true)).isEqualTo("{\"type\":\"any\"}");
    assertThat(chosen(new ToolChoice.Named(weather), true))
        .isEqualTo("{\"type\":\"tool\",\"name\":\"weather\"}");
    assertThat(chosen(new ToolChoice.Unsaid(), false))
        .isEqualTo("{\"type\":\"auto\",\"disable_parallel_tool_use\":true}");
    var others = new ToolChoice.Allowed(true, List.of(ToolName.of("other")));
    assertThat(choosing(others, true).body().has("tools")).isFalse();
    assertThat(chosen(new ToolChoice.Allowed(true, List.of(weather)), true))
        .isEqualTo("{\"type\":\"any\"}");
  }

  @Test
  void a_tool_that_is_not_offered_cannot_be_forced() {
    var search = new Tool.Hosted("web_search", json("{'type': 'web_search'}"));
    var forced = new ToolChoice.Named(ToolName.of("web_search"));
    for (var all : List.<List<Tool>>of(List.of(), List.of(search), List.of(search, WEATHER))) {
      var request = with(new Tools(all, forced, true), new OutputFormat.Text());
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> to(OLD, request))
          .satisfies(bad -> assertThat(bad.where()).isEqualTo("tool_choice"));
    }
    var none = new Tools(List.of(), new ToolChoice.Required(), true);
    assertThat(to(OLD, with(none, new OutputFormat.Text())).dropped())
        .containsExactly("tool_choice");
  }

  @Test
  void an_effort_without_a_word_of_thinking_is_one_of_thinking() {
    var alone =
        new Reasoning(Mode.UNSAID, Optional.of(Effort.LOW), Optional.empty(), Optional.empty());
    assertThat(thinking(to(ADAPTIVE, with(alone, Optional.empty())).body()))
        .isEqualTo("adaptive low");
    assertThat(thinking(to(OLD, with(alone, Optional.empty())).body())).isEqualTo("enabled 1024");
  }

  @Test
  void a_thinking_model_cannot_be_made_to_call() {
    var request =
        read(
            "{'model': 'm', 'messages': [], 'tools': [{'name': 'a', 'input_schema': {'type':"
                + " 'object'}}],'tool_choice': {'type': 'any'}, 'thinking': {'type': 'adaptive'}}");
    var outgoing = to(ADAPTIVE, request);
    assertThat(outgoing.body().path("tool_choice")).isEqualTo(json("{'type': 'auto'}"));
    assertThat(outgoing.dropped()).containsExactly("tool_choice");
  }

  @Test
  void tools_of_all_kinds_are_written() {
    var custom = new ToolName("patch", Optional.empty(), true);
    var spaced = new ToolName("close agent", Optional.of("multi"), false);
    var tools =
        new Tools(
            List.of(
                new Tool.Custom(custom, "Patches", Optional.of(json("{'type': 'text'}"))),
                new Tool.Function(spaced, "", Optional.empty(), true),
                new Tool.Hosted("web_search", json("{'type': 'web_search'}")),
                new Tool.Hosted(
                    "web_search_20250305",
                    json("{'type': 'web_search_20250305', 'name': 'web_search'}"))),
            new ToolChoice.Unsaid(),
            true);
    var outgoing = to(OLD, with(tools, new OutputFormat.Text()));
    assertThat(outgoing.body().path("tools"))
        .isEqualTo(
            json(
                "[{'name': 'patch', 'description':"
                    + " 'Patches\\n\\nFormat of the input: {\\'type\\':\\'text\\'}', 'input_schema':"
                        .replace("\\'", "\\\"")
                    + " {'type': 'object', 'properties': {'input': {'type': 'string'}},"
                    + " 'required': ['input']}},"
                    + "{'name': 'multi__close_agent', 'input_schema': {'type': 'object'}},"
                    + "{'type': 'web_search_20250305', 'name': 'web_search'}]"));
    assertThat(outgoing.dropped()).containsExactly("strict", "tools.web_search");
    assertThat(outgoing.renamed())
        .containsEntry("patch", custom)
        .containsEntry("multi__close_agent", spaced);
  }

  @Test
  void a_schema_of_arguments_is_an_object_without_choices() {
    var either =
        json(
            "{'anyOf': [{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'required':"
                + " ['a']},{'type': 'object', 'properties': {'b': {'type': 'number'}}}]}");
    var tool = new Tool.Function(ToolName.of("a"), "", Optional.of(either), false);
    var tools = new Tools(List.of(tool), new ToolChoice.Unsaid(), true);
    assertThat(
            to(OLD, with(tools, new OutputFormat.Text()))
                .body()
                .path("tools")
                .path(0)
                .path("input_schema"))
        .isEqualTo(
            json(
                "{'type': 'object', 'properties': {'a': {'type': 'string'}, 'b': {'type':"
                    + " 'number'}}}"));
  }

  @Test
  void a_schema_binds_the_answer_of_newer_models() {
    var schema =
        json(
            "{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'additionalProperties':"
                + " false}");
    var wanted = new OutputFormat.Schema("person", Optional.empty(), schema, true);
    var body = to(OLD, with(Tools.NONE, wanted)).body();
    assertThat(body.path("output_config").path("format").path("schema")).isEqualTo(schema);
    assertThat(body.has("tools")).isFalse();
  }

  @Test
  void a_tool_binds_the_answer_of_older_models() {
    var older = "claude-3-7-sonnet-20250219";
    var schema = json("{'type': 'object', 'properties': {'a': {'type': 'string'}}}");
    var wanted = new OutputFormat.Schema("person", Optional.empty(), schema, true);
    var alone = to(older, with(Tools.NONE, wanted)).body();
    assertThat(alone.path("tools").path(0).path("input_schema")).isEqualTo(schema);
    assertThat(alone.path("tool_choice"))
        .isEqualTo(json("{'type': 'tool', 'name': 'one_balance_answer'}"));
    var tools = new Tools(List.of(WEATHER), new ToolChoice.Auto(), true);
    var beside = to(older, with(tools, wanted)).body();
    assertThat(beside.path("tools")).hasSize(2);
    assertThat(beside.path("tool_choice")).isEqualTo(json("{'type': 'any'}"));
  }

  @Test
  void json_without_a_schema_is_ordered_in_words() {
    var body = to(OLD, with(Tools.NONE, new OutputFormat.Json())).body();
    assertThat(body.path("system").asString("")).contains("JSON");
  }
}
