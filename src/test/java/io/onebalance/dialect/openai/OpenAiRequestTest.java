package io.onebalance.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients ask in this dialect, as it is understood.
class OpenAiRequestTest {
  static ChatRequest read(String body) {
    return new OpenAiClient().read(Json.read(body).orElseThrow());
  }

  static ChatRequest saying(String messages, String more) {
    return read("{\"model\":\"m\",\"messages\":[%s]%s}".formatted(messages, more));
  }

  static List<Message> messages(String messages) {
    return saying(messages, "").messages();
  }

  @Test
  void a_null_is_as_good_as_absent() {
    var plain = "{\"role\":\"user\",\"content\":\"hi\"}";
    var nulls =
        ",\"temperature\":null,\"tools\":null,\"tool_choice\":null,\"stop\":null,\"n\":null,"
            + "\"response_format\":null,\"stream_options\":null,\"logprobs\":null,\"user\":null,"
            + "\"reasoning_effort\":null,\"functions\":null,\"thinking\":null,\"reasoning\":null";
    var said = "{\"role\":\"user\",\"content\":\"hi\",\"name\":null,\"tool_calls\":null}";
    assertThat(saying(said, nulls)).isEqualTo(saying(plain, ""));
  }

  @Test
  void members_without_a_neutral_meaning_are_extras() {
    var request = saying("{\"role\":\"user\",\"content\":\"hi\"}", ",\"user\":\"u\",\"odd\":{}");
    assertThat(request.extras()).containsOnlyKeys("user", "odd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|model",
        "[]|body",
        "{\"model\":7}|model",
        "{\"model\":\"m\"}|messages",
        "{\"model\":\"m\",\"messages\":[]}|messages",
        "{\"model\":\"m\",\"messages\":{}}|messages",
        "{\"model\":\"m\",\"messages\":[7]}|messages[0]",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"narrator\"}]}|messages[0].role",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}|messages[0].content",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}]}|messages[0].content[0].type",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}|messages[0].content[0].image_url",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]}]}|messages[0].content[0].image_url.url",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}|messages[0].tool_call_id",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"n\":0}|n",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":0}|max_tokens",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"temperature\":\"hot\"}|temperature",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"tool_choice\":\"some\"}|tool_choice",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"reasoning_effort\":\"huge\"}|reasoning_effort",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"response_format\":{\"type\":\"xml\"}}|response_format.type",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"type\":\"function\"}]}|tools[0].function",
      })
  void what_is_wrong_is_named(String body, String where) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> read(body))
        .satisfies(bad -> assertThat(bad.where()).isEqualTo(where));
  }

  @Test
  void results_are_the_front_of_the_users_next_turn() {
    var read =
        messages(
            """
            {"role":"assistant","content":null,"tool_calls":[
              {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
              {"id":"b","type":"custom","custom":{"name":"g","input":"free"}}]},
            {"role":"tool","tool_call_id":"b","content":"2"},
            {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"1"}]},
            {"role":"user","content":"and?"}
            """);
    var custom = new ToolName("g", Optional.empty(), true);
    assertThat(read)
        .containsExactly(
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.ToolCall(ToolName.of("f"), "a", "{}", Optional.empty()),
                    new Part.ToolCall(custom, "b", "free", Optional.empty()))),
            new Message(
                Role.USER,
                List.of(
                    Part.ToolResult.of("b", "2"),
                    Part.ToolResult.of("a", "1"),
                    Part.Text.of("and?"))));
  }

  @Test
  void a_tools_object_is_its_text() {
    assertThat(messages("{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":{\"x\":1}}"))
        .containsExactly(new Message(Role.USER, List.of(Part.ToolResult.of("a", "{\"x\":1}"))));
  }

  @Test
  void the_legacy_form_has_calls_and_results_too() {
    var request =
        saying(
            """
            {"role":"user","content":"go"},
            {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
            {"role":"function","name":"f","content":"done"}
            """,
            ",\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"f\"}");
    assertThat(request.tools().all()).hasSize(1);
    assertThat(request.tools().parallel()).isFalse();
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named(ToolName.of("f")));
    var call = (Part.ToolCall) request.messages().get(1).parts().getFirst();
    assertThat(request.messages().get(2).parts())
        .containsExactly(Part.ToolResult.of(call.id(), "done"));
  }

  @Test
  void geminis_signatures_come_back_on_the_part_they_sealed() {
    var read =
        messages(
            """
            {"role":"assistant","content":"so","reasoning_content":"hm",
             "extra_content":{"google":{"thought_signature":"T"}},
             "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},
               "extra_content":{"google":{"thought_signature":"C"}}}]}
            """);
    assertThat(read.getFirst().parts())
        .containsExactly(
            new Part.Thinking("hm", Optional.empty()),
            new Part.Text("so", seal("T")),
            new Part.ToolCall(ToolName.of("f"), "a", "{}", seal("C")));
  }

  static Optional<Signature> seal(String value) {
    return Optional.of(new Signature(Signature.Maker.GEMINI, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\"}}|IMAGE|image/png",
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;x=y;base64,aGk\"}}|IMAGE|image/png",
        "{\"type\":\"image_url\",\"image_url\":\"data:;base64,_9j_-g\"}|IMAGE|image/jpeg",
        "{\"type\":\"image_url\",\"image_url\":\"data:;base64,/9j/4AAQ\"}|IMAGE|image/jpeg",
        "{\"type\":\"image_url\",\"image_url\":\"data:;base64,iVBORw0KGgoA\"}|IMAGE|image/png",
        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"aGk=\",\"format\":\"mp3\"}}|AUDIO|audio/mp3",
        "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,aGk=\"}}|DOCUMENT|application/pdf",
        "{\"type\":\"file\",\"file\":{\"file_data\":\"JVBERi0x\"}}|DOCUMENT|application/pdf",
        "{\"type\":\"video_url\",\"video_url\":{\"url\":\"data:video/mp4;base64,aGk=\"}}|VIDEO|video/mp4",
      })
  void media_are_what_they_say_they_are(String part, Part.Kind kind, String type) {
    var read = messages("{\"role\":\"user\",\"content\":[%s]}".formatted(part));
    var media = (Part.Media) read.getFirst().parts().getFirst();
    assertThat(media.kind()).isEqualTo(kind);
    assertThat(media.source())
        .isInstanceOfSatisfying(
            Source.Inline.class,
            inline -> {
              assertThat(inline.mediaType()).isEqualTo(type);
              assertThat(inline.data()).hasSize(inline.data().length() / 4 * 4);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"reasoning_effort\":\"none\"|OFF|NONE|",
        "\"reasoning_effort\":\"high\"|ON|HIGH|",
        "\"reasoning_effort\":\"default\"|UNSAID||",
        "\"reasoning\":{\"effort\":\"low\"}|ON|LOW|",
        "\"reasoning\":{\"max_tokens\":2000}|ON||2000",
        "\"reasoning\":{\"enabled\":false}|OFF||",
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}|ON||1024",
        "\"thinking\":{\"type\":\"disabled\"}|OFF||",
        "\"thinking\":{\"type\":\"adaptive\"}|ADAPTIVE||",
        "\"enable_thinking\":true,\"thinking_budget\":500|ON||500",
        "\"enable_thinking\":false|OFF||",
        "\"extra_body\":{\"google\":{\"thinking_config\":{\"thinking_budget\":0}}}|OFF||",
        "\"google\":{\"thinking_config\":{\"thinking_level\":\"LOW\"}}|ON|LOW|",
      })
  void thinking_is_asked_for_in_many_ways(
      String member, Reasoning.Mode mode, Reasoning.Effort effort, Integer budget) {
    var read = saying("{\"role\":\"user\",\"content\":\"hi\"}", "," + member).reasoning();
    assertThat(read.mode()).isEqualTo(mode);
    assertThat(read.effort()).isEqualTo(Optional.ofNullable(effort));
    assertThat(read.budget()).isEqualTo(Optional.ofNullable(budget));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"auto\"|Auto[]",
        "\"none\"|None[]",
        "\"required\"|Required[]",
        "\"any\"|Required[]",
        "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}|Named[name=ToolName[name=f,"
            + " space=Optional.empty, custom=false]]",
        "{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}|Named[name=ToolName[name=f,"
            + " space=Optional.empty, custom=true]]",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}|Allowed[required=true,"
            + " names=[ToolName[name=f, space=Optional.empty, custom=false]]]",
      })
  void tools_are_chosen(String choice, String read) {
    var request = saying("{\"role\":\"user\",\"content\":\"hi\"}", ",\"tool_choice\":" + choice);
    assertThat(request.tools().choice()).hasToString(read);
  }

  @Test
  void what_a_provider_runs_itself_stays_as_it_was_written() {
    var request =
        saying("{\"role\":\"user\",\"content\":\"hi\"}", ",\"tools\":[{\"type\":\"web_search\"}]");
    assertThat(request.tools().all())
        .singleElement()
        .isInstanceOfSatisfying(
            Tool.Hosted.class, tool -> assertThat(tool.type()).isEqualTo("web_search"));
  }
}
