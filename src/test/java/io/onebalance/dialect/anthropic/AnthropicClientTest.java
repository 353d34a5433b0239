package io.onebalance.dialect.anthropic;

import static io.onebalance.dialect.anthropic.Say.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Reasoning.Effort;
import io.onebalance.chat.asked.Reasoning.Mode;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients ask, as we read it.
class AnthropicClientTest {
  private static List<Message> messages(String messages) {
    return read("{'model': 'm', 'messages': [" + messages + "]}").messages();
  }

  private static List<Part> user(String blocks) {
    return messages("{'role': 'user', 'content': [" + blocks + "]}").getFirst().parts();
  }

  private static List<Part> assistant(String blocks) {
    return messages("{'role': 'assistant', 'content': [" + blocks + "]}").getFirst().parts();
  }

  @Test
  void a_plain_request_is_read() {
    var request =
        read(
            "{'model': 'mine', 'max_tokens': 100, 'system': 'Be brief.', 'temperature': 0.5,"
                + " 'top_p': 0.9,'top_k': 5, 'stop_sequences': ['END'], 'stream': true, 'metadata':"
                + " {'user_id': 'u'},'service_tier': null, 'messages': [{'role': 'user', 'content':"
                + " 'Hi'}]}");
    assertThat(request.model()).isEqualTo("mine");
    assertThat(request.messages()).containsExactly(Say.system("Be brief."), Say.user("Hi"));
    assertThat(request.limits().tokens()).contains(100);
    assertThat(request.limits().stops()).containsExactly("END");
    assertThat(request.sampling().temperature()).contains(0.5);
    assertThat(request.sampling().topP()).contains(0.9);
    assertThat(request.sampling().topK()).contains(5);
    assertThat(request.delivery().stream()).isTrue();
    assertThat(request.extras()).containsOnlyKeys("metadata");
  }

  @Test
  void a_request_to_count_tokens_needs_no_limit() {
    assertThat(read("{'model': 'm', 'messages': []}").limits().tokens()).isEmpty();
  }

  @Test
  void the_billing_line_of_claude_code_is_dropped() {
    var request =
        read(
            "{'model': 'm', 'messages': [], 'system': [{'type': 'text', 'text':"
                + " 'x-anthropic-billing-header: cc_version=2.1; cc_entrypoint=cli;'},"
                + "{'type': 'text', 'text': ''}, {'type': 'text', 'text': 'You are Claude Code.'},"
                + "{'type': 'text', 'text': 'x-anthropic-billing-header: a\\nAnd more.'}]}");
    assertThat(request.messages().getFirst().parts())
        .containsExactly(Part.Text.of("You are Claude Code."), Part.Text.of("And more."));
  }

  @Test
  void a_system_message_stays_in_the_middle() {
    assertThat(
            messages(
                "{'role': 'user', 'content': 'Hi'}, {'role': 'system', 'content': 'It rains.'},"
                    + "{'role': 'assistant', 'content': 'Yes?'}"))
        .extracting(Message::role)
        .containsExactly(Role.USER, Role.SYSTEM, Role.ASSISTANT);
  }

  @Test
  void media_and_documents_are_read() {
    assertThat(
            user(
                "{'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png', 'data':"
                    + " 'AA=='}},{'type': 'image', 'source': {'type': 'url', 'url':"
                    + " 'https://a.b/c.png'}},{'type': 'image', 'source': {'type': 'file',"
                    + " 'file_id': 'file_1'}},{'type': 'document', 'title': 'T', 'source': {'type':"
                    + " 'base64', 'data': 'BB=='}},{'type': 'document', 'source': {'type': 'url',"
                    + " 'url': 'https://a.b/c.pdf'}},{'type': 'container_upload', 'file_id':"
                    + " 'file_2'}"))
        .containsExactly(
            Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AA==")),
            Part.Media.of(Part.Kind.IMAGE, new Source.Link("https://a.b/c.png", Optional.empty())),
            Part.Media.of(Part.Kind.IMAGE, new Source.Uploaded("file_1")),
            new Part.Media(
                Part.Kind.DOCUMENT,
                new Source.Inline("application/pdf", "BB=="),
                Optional.of("T"),
                Optional.empty()),
            Part.Media.of(
                Part.Kind.DOCUMENT,
                new Source.Link("https://a.b/c.pdf", Optional.of("application/pdf"))),
            Part.Media.of(Part.Kind.DOCUMENT, new Source.Uploaded("file_2")));
  }

  @Test
  void documents_of_text_and_search_results_are_text() {
    assertThat(
            user(
                "{'type': 'document', 'title': 'T', 'context': 'C', 'source': {'type': 'text',"
                    + " 'data': 'D'}},{'type': 'document', 'title': 'U', 'source': {'type':"
                    + " 'content', 'content': [{'type': 'text', 'text': 'E'}]}},{'type':"
                    + " 'search_result', 'title': 'V', 'source': 'S', 'content': [{'type': 'text',"
                    + " 'text': 'F'}]}"))
        .extracting(part -> ((Part.Text) part).text())
        .containsExactly("C", "T\n\nD", "U", "E", "V\nS", "F");
  }

  @Test
  void results_of_tools_come_first() {
    var parts =
        user(
            "{'type': 'text', 'text': 'And?'}, {'type': 'tool_result', 'tool_use_id': 'a',"
                + " 'is_error': true,'content': [{'type': 'text', 'text': 'no'}, {'type':"
                + " 'tool_reference', 'tool_name': 'Bash'}]},{'type': 'tool_result', 'tool_use_id':"
                + " 'b', 'content': 'yes'}, {'type': 'text', 'text': ''}");
    assertThat(parts)
        .containsExactly(
            new Part.ToolResult(
                "a",
                List.of(Part.Text.of("no"), Part.Text.of("Tool Bash is now available.")),
                true),
            Part.ToolResult.of("b", "yes"),
            Part.Text.of("And?"));
  }

  @Test
  void what_the_model_said_is_read() {
    assertThat(
            assistant(
                "{'type': 'thinking', 'thinking': 'Hm.', 'signature': 'sig'},{'type':"
                    + " 'redacted_thinking', 'data': 'dark'}, {'type': 'text', 'text':"
                    + " 'Yes.'},{'type': 'tool_use', 'id': 'a', 'name': 'weather', 'input':"
                    + " {'city': 'Lisbon'}}"))
        .containsExactly(
            new Part.Thinking("Hm.", Say.by(Maker.ANTHROPIC, "sig")),
            new Part.RedactedThinking(Say.by(Maker.ANTHROPIC, "dark").orElseThrow()),
            Part.Text.of("Yes."),
            Say.call("weather", "a", "{\"city\":\"Lisbon\"}"));
  }

  @Test
  void what_anthropics_own_tools_found_is_told_as_text() {
    assertThat(
            assistant(
                "{'type': 'server_tool_use', 'id': 's', 'name': 'web_search', 'input': {}},"
                    + "{'type': 'web_search_tool_result', 'tool_use_id': 's', 'content':"
                    + " [{'type': 'web_search_result', 'title': 'T', 'url': 'https://a.b'}]},"
                    + "{'type': 'text', 'text': 'So.'}"))
        .containsExactly(Part.Text.of("T\nhttps://a.b"), Part.Text.of("So."));
  }

  @Test
  void tools_are_read_and_placeholders_dropped() {
    var tools =
        read("{'model': 'm', 'messages': [], 'tools': [{'name': 'a', 'description': 'A',"
                + " 'input_schema': {'type': 'object'}, 'strict': true},{'type': 'custom', 'name':"
                + " 'b', 'defer_loading': true},{'name': 'DeferredToolPlaceholder',"
                + " 'defer_loading': true, 'input_schema': {}},{'type': 'web_search_20250305',"
                + " 'name': 'web_search'}],'tool_choice': {'type': 'tool', 'name': 'a',"
                + " 'disable_parallel_tool_use': true}}")
            .tools();
    assertThat(tools.all())
        .containsExactly(
            new Tool.Function(
                ToolName.of("a"), "A", Optional.of(Json.object().put("type", "object")), true),
            new Tool.Function(ToolName.of("b"), "", Optional.empty(), false),
            new Tool.Hosted(
                "web_search_20250305",
                Say.json("{'type': 'web_search_20250305', 'name': 'web_search'}")));
    assertThat(tools.choice()).isEqualTo(new ToolChoice.Named(ToolName.of("a")));
    assertThat(tools.parallel()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"auto,Auto", "any,Required", "none,None"})
  void choices_are_read(String type, String choice) {
    var tools =
        read("{'model': 'm', 'messages': [], 'tool_choice': {'type': '" + type + "'}}").tools();
    assertThat(tools.choice().getClass().getSimpleName()).isEqualTo(choice);
    assertThat(tools.parallel()).isTrue();
  }

  @Test
  void thinking_is_read() {
    var enabled = "{'type': 'enabled', 'budget_tokens': 2048, 'display': 'omitted'}";
    assertThat(thinking("'thinking': " + enabled))
        .isEqualTo(new Reasoning(Mode.ON, Optional.empty(), Optional.of(2048), Optional.of(false)));
    assertThat(thinking("'thinking': {'type': 'adaptive'}, 'output_config': {'effort': 'xhigh'}"))
        .isEqualTo(
            new Reasoning(
                Mode.ADAPTIVE, Optional.of(Effort.XHIGH), Optional.empty(), Optional.empty()));
    assertThat(thinking("'thinking': {'type': 'disabled'}").mode()).isEqualTo(Mode.OFF);
    assertThat(thinking("'thinking': null").mode()).isEqualTo(Mode.UNASKED);
    assertThat(thinking("'thinking': null").isUnsaid()).isTrue();
    assertThat(thinking("'output_config': {'effort': 'low'}").mode()).isEqualTo(Mode.UNSAID);
  }

  private static Reasoning thinking(String members) {
    return read("{'model': 'm', 'messages': [], " + members + "}").reasoning();
  }

  @Test
  void a_schema_is_read_under_both_its_names() {
    var format = "{'type': 'json_schema', 'schema': {'type': 'object'}}";
    var schema =
        new OutputFormat.Schema("output", Optional.empty(), Say.json("{'type': 'object'}"), true);
    assertThat(
            read("{'model': 'm', 'messages': [], 'output_config': {'format': " + format + "}}")
                .format())
        .isEqualTo(schema);
    assertThat(read("{'model': 'm', 'messages': [], 'output_format': " + format + "}").format())
        .isEqualTo(schema);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body|[]",
        "model|{'messages': []}",
        "messages|{'model': 'm', 'messages': {}}",
        "messages[0].role|{'model': 'm', 'messages': [{'role': 'tool', 'content': ''}]}",
        "messages[0].content|{'model': 'm', 'messages': [{'role': 'user', 'content': 7}]}",
        "messages[0].content[0].type|{'model': 'm', 'messages': [{'role': 'user', 'content':"
            + " [{}]}]}",
        "messages[0].content[0].type|{'model': 'm', 'messages': [{'role': 'user', 'content':"
            + " [{'type': 'new'}]}]}",
        "messages[0].content[0].type|{'model': 'm', 'messages': [{'role': 'user', 'content':"
            + " [{'type': 'tool_use', 'id': 'a', 'name': 'f', 'input': {}}]}]}",
        "messages[0].content[1].type|{'model': 'm', 'messages': [{'role': 'assistant', 'content':"
            + " [{'type': 'text', 'text': 'a'}, {'type': 'tool_result', 'tool_use_id': 'a'}]}]}",
        "max_tokens|{'model': 'm', 'messages': [], 'max_tokens': '5'}",
        "tools[0].name|{'model': 'm', 'messages': [], 'tools': [{}]}",
        "tool_choice.type|{'model': 'm', 'messages': [], 'tool_choice': {'type': 'all'}}",
        "thinking.type|{'model': 'm', 'messages': [], 'thinking': {'type': 'deep'}}",
        "output_config.effort|{'model': 'm', 'messages': [], 'output_config': {'effort': 'ultra'}}"
      })
  void what_cannot_be_read_is_refused_by_name(String row) {
    var at = row.indexOf('|');
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> read(row.substring(at + 1)))
        .satisfies(bad -> assertThat(bad.where()).isEqualTo(row.substring(0, at)));
  }
}
