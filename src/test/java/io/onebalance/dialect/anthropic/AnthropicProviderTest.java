package io.onebalance.dialect.anthropic;

import static io.onebalance.dialect.anthropic.Say.ADAPTIVE;
import static io.onebalance.dialect.anthropic.Say.NEW;
import static io.onebalance.dialect.anthropic.Say.OLD;
import static io.onebalance.dialect.anthropic.Say.asked;
import static io.onebalance.dialect.anthropic.Say.assistant;
import static io.onebalance.dialect.anthropic.Say.body;
import static io.onebalance.dialect.anthropic.Say.call;
import static io.onebalance.dialect.anthropic.Say.json;
import static io.onebalance.dialect.anthropic.Say.read;
import static io.onebalance.dialect.anthropic.Say.system;
import static io.onebalance.dialect.anthropic.Say.to;
import static io.onebalance.dialect.anthropic.Say.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.BadRequest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Conversations as providers of this dialect take them.
class AnthropicProviderTest {
  private static final Part.ToolCall CALL = call("weather", "call_1", "{\"city\":\"Lisbon\"}");

  private static String messages(String model, Message... messages) {
    return body(model, asked(messages)).path("messages").toString();
  }

  private static String same(String json) {
    return json(json).toString();
  }

  @Test
  void a_plain_request_is_written() {
    var request =
        read(
            "{'model': 'mine', 'max_tokens': 100, 'system': 'Be brief.', 'stop_sequences': ['END',"
                + " ' '],'stream': true, 'temperature': 0.5, 'messages': [{'role': 'user',"
                + " 'content': 'Hi'}]}");
    var outgoing = to(OLD, request);
    assertThat(outgoing.body())
        .isEqualTo(
            json(
                "{'model': 'claude-sonnet-4-5', 'max_tokens': 100, 'system': 'Be brief.',"
                    + " 'messages': [{'role': 'user', 'content': 'Hi'}], 'stop_sequences': ['END'],"
                    + " 'stream': true, 'temperature': 0.5}"));
    assertThat(outgoing.dropped()).containsExactly("stop");
  }

  @Test
  void at_vertex_the_path_names_the_model() {
    var target = new Target("google-vertex-ai", OLD);
    var body = new AnthropicProvider().write(asked(user("Hi")), target).body();
    assertThat(body.has("model")).isFalse();
    assertThat(body.path("anthropic_version").asString("")).isEqualTo("vertex-2023-10-16");
  }

  @ParameterizedTest
  @CsvSource({
    "claude-3-opus-20240229, 4096, 4096",
    "claude-3-5-sonnet-20241022, 8192, 8192",
    "claude-3-7-sonnet-20250219, 64000, 64000",
    "claude-opus-4-20250514, 32000, 32000",
    "claude-opus-4-1, 32000, 32000",
    "claude-sonnet-4-20250514, 64000, 64000",
    "claude-haiku-4-5@20251001, 64000, 64000",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, 64000, 64000",
    "claude-opus-4-6, 64000, 128000",
    "claude-fable-5-2, 64000, 128000",
    "some-other, 8192, 128000"
  })
  void every_request_has_a_limit_that_its_model_takes(String model, int unsaid, int large) {
    assertThat(body(model, asked(user("Hi"))).path("max_tokens").asInt()).isEqualTo(unsaid);
    var claudeCode = read("{'model': 'm', 'max_tokens': 128000, 'messages': []}");
    assertThat(body(model, claudeCode).path("max_tokens").asInt()).isEqualTo(large);
  }

  @Test
  void a_system_message_in_the_middle_stays_there() {
    var talk = new Message[] {user("Hi"), system("It rains."), user("So?")};
    assertThat(messages(NEW, talk))
        .isEqualTo(
            same(
                "[{'role': 'user', 'content': 'Hi'}, {'role': 'system', 'content': 'It rains.'},"
                    + "{'role': 'user', 'content': 'So?'}]"));
    assertThat(messages(OLD, talk))
        .isEqualTo(
            same(
                "[{'role': 'user', 'content': [{'type': 'text', 'text': 'Hi'}, {'type': 'text',"
                    + " 'text': '<system-reminder>\\nIt rains.\\n</system-reminder>'}, {'type':"
                    + " 'text', 'text': 'So?'}]}]"));
  }

  @Test
  void leading_system_messages_are_the_system() {
    assertThat(body(OLD, asked(system("A"), system("B"), user("Hi"))).path("system").toString())
        .isEqualTo(same("[{'type': 'text', 'text': 'A'}, {'type': 'text', 'text': 'B'}]"));
  }

  @Test
  void results_stand_in_front_in_the_order_of_the_calls() {
    assertThat(
            messages(
                OLD,
                user("Hi"),
                assistant(CALL, call("time", "call_2", "")),
                user(Part.ToolResult.of("call_2", "noon")),
                user(
                    Part.Text.of("And?"),
                    new Part.ToolResult("call_1", List.of(Part.Text.of("no")), true))))
        .isEqualTo(
            same(
                "[{'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': [{'type':"
                    + " 'tool_use', 'id': 'call_1', 'name': 'weather', 'input': {'city':"
                    + " 'Lisbon'}},{'type': 'tool_use', 'id': 'call_2', 'name': 'time', 'input':"
                    + " {}}]},{'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id':"
                    + " 'call_1', 'content': 'no', 'is_error': true},{'type': 'tool_result',"
                    + " 'tool_use_id': 'call_2', 'content': 'noon'},{'type': 'text', 'text':"
                    + " 'And?'}]}]"));
  }

  @Test
  void missing_results_are_errors_and_orphans_are_text() {
    var written =
        messages(
            OLD,
            user(Part.ToolResult.of("gone", "18 degrees")),
            assistant(CALL),
            user("Never mind."));
    assertThat(written)
        .contains(
            "{\"type\":\"text\",\"text\":\"18 degrees\"}",
            "\"tool_use_id\":\"call_1\",\"content\":\"no result provided\",\"is_error\":true")
        .doesNotContain("gone");
  }

  @Test
  void pictures_in_results_stay_in_them() {
    var image = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/jpg; q=1", "AA=="));
    var result = new Part.ToolResult("call_1", List.of(Part.Text.of("Here."), image), false);
    assertThat(messages(OLD, user("Hi"), assistant(CALL), user(result)))
        .contains(
            "\"content\":[{\"type\":\"text\",\"text\":\"Here.\"},{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/jpeg\",\"data\":\"AA==\"}}]");
  }

  @Test
  @DisplayName("D45 empty messages are dropped")
  void empty_messages_are_dropped() {
    assertThat(messages(OLD, user(" "), assistant(), user("Hi"), user("")))
        .isEqualTo(same("[{'role': 'user', 'content': 'Hi'}]"));
    assertThat(messages(OLD)).isEqualTo(same("[{'role': 'user', 'content': '.'}]"));
    assertThat(messages(OLD, assistant(Part.Text.of("Hello!")), user("Hi")))
        .startsWith("[" + same("{'role': 'user', 'content': '.'}"));
  }

  @Test
  void the_beginning_of_an_answer_is_kept_or_asked_for() {
    var talk = new Message[] {user("Count."), assistant(Part.Text.of("One, two, "))};
    assertThat(messages(OLD, talk)).endsWith("\"content\":\"One, two,\"}]");
    assertThat(json(messages(ADAPTIVE, talk)).path(2).path("role").asString("")).isEqualTo("user");
  }

  @Test
  void ids_are_made_to_fit_and_stay_apart() {
    var written =
        json(
            messages(
                OLD,
                user("Hi"),
                assistant(call("a", "x.y", ""), call("a", "x_y", ""), call("a", "", "")),
                user(
                    Part.ToolResult.of("x.y", "1"),
                    Part.ToolResult.of("x_y", "2"),
                    Part.ToolResult.of("", "3"))));
    assertThat(written.path(1).path("content").valueStream().map(b -> b.path("id").asString("")))
        .containsExactly("x_y_2", "x_y", "call");
    assertThat(
            written
                .path(2)
                .path("content")
                .valueStream()
                .map(b -> b.path("tool_use_id").asString("") + b.path("content").asString("")))
        .containsExactly("x_y_21", "x_y2", "call3");
  }

  @Test
  void documents_are_pdfs_or_texts() {
    var text = Base64.getEncoder().encodeToString("Grüße".getBytes(UTF_8));
    assertThat(
            messages(
                OLD,
                user(
                    new Part.Media(
                        Part.Kind.DOCUMENT,
                        new Source.Inline("application/pdf", "AA=="),
                        Optional.of("T"),
                        Optional.empty()),
                    Part.Media.of(Part.Kind.DOCUMENT, new Source.Inline("text/markdown", text)),
                    Part.Media.of(
                        Part.Kind.DOCUMENT, new Source.Link("https://a.b/c", Optional.empty())),
                    Part.Media.of(Part.Kind.IMAGE, new Source.Uploaded("file_1")))))
        .isEqualTo(
            same(
                "[{'role': 'user', 'content': [{'type': 'document', 'source': {'type': 'base64',"
                    + " 'media_type': 'application/pdf', 'data': 'AA=='}, 'title': 'T'},"
                    + "{'type': 'document', 'source': {'type': 'text', 'media_type': 'text/plain',"
                    + " 'data': 'Grüße'}},"
                    + "{'type': 'document', 'source': {'type': 'url', 'url': 'https://a.b/c'}},"
                    + "{'type': 'image', 'source': {'type': 'file', 'file_id': 'file_1'}}]}]"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.Kind.class,
      names = {"AUDIO", "VIDEO"})
  void what_no_claude_hears_is_refused(Part.Kind kind) {
    var media = Part.Media.of(kind, new Source.Inline("audio/wav", "AA=="));
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> to(OLD, asked(user(media))));
  }

  @Test
  void other_documents_are_refused() {
    var media = Part.Media.of(Part.Kind.DOCUMENT, new Source.Inline("application/zip", "AA=="));
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> to(OLD, asked(user(media))));
  }

  @Test
  void what_a_model_drew_is_noted_and_told() {
    var media = Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "AA=="));
    var outgoing = to(OLD, asked(user("Draw."), assistant(media), user("More.")));
    assertThat(outgoing.body().path("messages").path(1).path("content").toString())
        .isEqualTo(same("[{'type': 'text', 'text': '[image]'}]"));
    assertThat(outgoing.dropped()).containsExactly("image");
  }

  @Test
  void the_marks_of_caches_stay_where_they_are() {
    var request =
        "{'model': 'claude-sonnet-4-5', 'max_tokens': 9, 'system': [{'type': 'text', 'text':"
            + " 'A'},{'type': 'text', 'text': 'B', 'cache_control': {'type': 'ephemeral', 'ttl':"
            + " '1h'}}],'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'Hi',"
            + " 'cache_control': {'type': 'ephemeral'}}]}], 'tools': [{'name': 'a', 'input_schema':"
            + " {'type': 'object'},'cache_control': {'type': 'ephemeral'}}]}";
    var outgoing = to(OLD, read(request));
    assertThat(outgoing.body()).isEqualTo(json(request));
    assertThat(outgoing.dropped()).isEmpty();
  }

  @Test
  void own_members_pass_and_others_are_told() {
    var request =
        read(
            "{'model': 'm', 'max_tokens': 9, 'messages': [{'role': 'user', 'content': 'Hi'}],"
                + "'metadata': {'user_id': 'u'}, 'cache_control': {'type': 'ephemeral'},"
                + "'service_tier': 'flex', 'container': 'c', 'seed': 5, 'store': true}");
    var outgoing = to(OLD, request);
    assertThat(outgoing.dropped()).containsExactly("seed", "service_tier", "store");
    assertThat(outgoing.body())
        .isEqualTo(
            json(
                "{'model': 'claude-sonnet-4-5', 'max_tokens': 9, 'messages': [{'role': 'user',"
                    + " 'content': 'Hi'}], 'cache_control': {'type': 'ephemeral'}, 'container':"
                    + " 'c', 'metadata': {'user_id': 'u'}}"));
  }

  @Test
  void the_user_of_another_dialect_is_hashed() {
    var request = read("{'model': 'm', 'messages': [], 'user': 'someone@example.com'}");
    assertThat(body(OLD, request).path("metadata").path("user_id").asString(""))
        .matches("[0-9a-f]{64}");
  }
}
