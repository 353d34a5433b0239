package io.onebalance.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GeminiClientTest {
  private static final String FULL =
      """
      {"model": "gemini-2.5-flash", "stream": true,
       "systemInstruction": {"parts": [{"text": "terse"}]},
       "contents": [
         {"role": "user", "parts": [{"text": "hi"}, {"inlineData": {"mimeType": "image/png", "data": "a-_b"}}]},
         {"role": "model", "parts": [
           {"text": "so", "thought": true, "thoughtSignature": "c2ln"},
           {"functionCall": {"name": "f", "args": {"a": 1}}, "thoughtSignature": "skip_thought_signature_validator"},
           {"functionCall": {"name": "f"}}]},
         {"role": "user", "parts": [
           {"text": "go"},
           {"functionResponse": {"name": "f", "response": {"output": "one"}}},
           {"functionResponse": {"name": "f", "response": {"error": "two"},
             "parts": [{"inlineData": {"mimeType": "audio/wav", "data": "UklG"}}]}},
           {"functionResponse": {"name": "g", "response": {"a": null}}}]}],
       "tools": [{"functionDeclarations": [{"name": "f", "description": "d", "parameters": {"type": "OBJECT"}}]},
                 {"googleSearch": {}}],
       "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}},
       "generationConfig": {"temperature": 0.5, "topP": 0.9, "topK": 40.0, "candidateCount": 2, "seed": 3,
         "maxOutputTokens": 100, "stopSequences": ["x"], "presencePenalty": 1, "frequencyPenalty": 2,
         "responseLogprobs": true, "logprobs": 3, "responseMimeType": "application/json",
         "responseJsonSchema": {"type": "object"}, "enableEnhancedCivicAnswers": false, "speechConfig": {"a": 1},
         "thinkingConfig": {"thinkingBudget": 512, "includeThoughts": true}},
       "safetySettings": [{"category": "x"}], "unheardOf": 1}
      """;

  @Test
  void everything_that_a_client_can_say_is_read() {
    var request = new GeminiClient().read(json(FULL));
    assertThat(request.model()).isEqualTo("gemini-2.5-flash");
    assertThat(request.delivery()).isEqualTo(new Delivery(true, true));
    assertThat(request.messages())
        .containsExactly(
            new Message(Role.SYSTEM, List.of(Part.Text.of("terse"))),
            new Message(
                Role.USER,
                List.of(
                    Part.Text.of("hi"),
                    Part.Media.of(Part.Kind.IMAGE, new Source.Inline("image/png", "a+/b")))),
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Thinking(
                        "so", Optional.of(new Signature(Signature.Maker.GEMINI, "c2ln"))),
                    call("call_1_0", "{\"a\":1}"),
                    call("call_1_1", "{}"))),
            new Message(
                Role.USER,
                List.of(
                    Part.ToolResult.of("call_1_0", "one"),
                    new Part.ToolResult(
                        "call_1_1",
                        List.of(
                            Part.Text.of("two"),
                            Part.Media.of(Part.Kind.AUDIO, new Source.Inline("audio/wav", "UklG"))),
                        true),
                    Part.ToolResult.of("call_1_2_unasked", "{\"a\":null}"),
                    Part.Text.of("go"))));
    assertThat(request.tools().all())
        .containsExactly(
            new Tool.Function(
                ToolName.of("f"), "d", Optional.of(json("{\"type\": \"object\"}")), false),
            new Tool.Hosted("googleSearch", json("{\"googleSearch\": {}}")));
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named(ToolName.of("f")));
    assertThat(request.sampling())
        .isEqualTo(
            new Sampling(
                Optional.of(0.5),
                Optional.of(0.9),
                Optional.of(40),
                Optional.of(3L),
                Optional.of(1.0),
                Optional.of(2.0),
                Optional.of(3)));
    assertThat(request.limits()).isEqualTo(new Limits(Optional.of(100), List.of("x"), 2));
    assertThat(request.format())
        .isEqualTo(
            new OutputFormat.Schema(
                "response", Optional.empty(), json("{\"type\": \"object\"}"), false));
    assertThat(request.reasoning())
        .isEqualTo(
            new Reasoning(
                Reasoning.Mode.ON, Optional.empty(), Optional.of(512), Optional.of(true)));
    assertThat(request.extras())
        .isEqualTo(
            Map.of(
                "safetySettings", json("[{\"category\": \"x\"}]"),
                "unheardOf", json("1"),
                "generationConfig", json("{\"speechConfig\": {\"a\": 1}}")));
  }

  @Test
  void snake_case_says_the_same() {
    var snake = FULL;
    for (var name :
        List.of(
            "systemInstruction",
            "inlineData",
            "mimeType",
            "thoughtSignature",
            "functionCall",
            "functionResponse",
            "functionDeclarations",
            "toolConfig",
            "functionCallingConfig",
            "allowedFunctionNames",
            "generationConfig",
            "topP",
            "topK",
            "candidateCount",
            "maxOutputTokens",
            "stopSequences",
            "presencePenalty",
            "frequencyPenalty",
            "responseLogprobs",
            "responseMimeType",
            "responseJsonSchema",
            "thinkingConfig",
            "thinkingBudget",
            "includeThoughts",
            "safetySettings",
            "googleSearch")) {
      var other = name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
      snake = snake.replace("\"" + name + "\"", "\"" + other + "\"");
    }
    assertThat(new GeminiClient().read(json(snake))).isEqualTo(new GeminiClient().read(json(FULL)));
  }

  @Test
  void what_is_null_is_absent() {
    assertThat(
            new GeminiClient()
                .read(
                    json(
                        """
                        {"contents": [{"role": null, "parts": [{"text": "hi", "thought": null, "functionCall": null}]}, {"parts": null}],
                         "systemInstruction": null, "tools": null, "toolConfig": {"functionCallingConfig": null},
                         "generationConfig": {"temperature": null, "thinkingConfig": null, "responseSchema": null}, "other": null}
                        """)))
        .isEqualTo(
            new GeminiClient()
                .read(json("{\"contents\": [{\"parts\": [{\"text\": \"hi\"}]}, {}]}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|body",
        "{\"contents\": \"hi\"}|contents",
        "{\"generationConfig\": {\"temperature\": \"warm\"}}|generationConfig.temperature",
        "{\"generationConfig\": {\"temperature\": 1e999}}|generationConfig.temperature",
        "{\"contents\": [{\"role\": \"model\", \"parts\": [{\"functionResponse\":"
            + " {\"name\": \"a\"}}]}]}|contents[0].parts[0].functionResponse",
        "{\"contents\": [1]}|contents[0]",
        "{\"contents\": [{\"role\": \"narrator\"}]}|contents[0].role",
        "{\"contents\": [{\"parts\": [{\"text\": 1}]}]}|contents[0].parts[0].text",
        "{\"contents\": [{\"parts\": [{\"functionCall\": {\"name\":"
            + " \"a\"}}]}]}|contents[0].parts[0].functionCall",
        "{\"contents\": [{\"role\": \"model\", \"parts\": [{\"functionCall\":"
            + " {}}]}]}|contents[0].parts[0].functionCall.name",
        "{\"generation_config\": {\"max_output_tokens\": 1.5}}|generation_config.max_output_tokens",
        "{\"generationConfig\": {\"candidateCount\": 0}}|generationConfig.candidateCount",
        "{\"generationConfig\": {\"thinkingConfig\": {\"thinkingLevel\":"
            + " \"much\"}}}|generationConfig.thinkingConfig.thinkingLevel",
        "{\"toolConfig\": {\"functionCallingConfig\": {\"mode\":"
            + " \"SOME\"}}}|toolConfig.functionCallingConfig.mode",
        "{\"tools\": [{\"functionDeclarations\": [{}]}]}|tools[0].functionDeclarations[0].name"
      })
  void what_is_of_the_wrong_kind_is_named(String body, String where) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> new GeminiClient().read(json(body)))
        .satisfies(bad -> assertThat(bad.where()).isEqualTo(where));
  }

  @Test
  void one_alone_stands_for_an_array_and_a_text_for_a_number_as_google_takes_them() {
    var strict =
        """
        {"contents": [{"role": "user", "parts": [{"text": "hi"}]}], "tools": [{"googleSearch": {}}],
         "systemInstruction": {"parts": [{"text": "terse"}]},
         "generationConfig": {"temperature": 0.5, "maxOutputTokens": 100, "seed": -7,
                              "thinkingConfig": {"thinkingBudget": 512}}}
        """;
    var loose =
        """
        {"contents": {"role": "user", "parts": {"text": "hi"}}, "tools": {"googleSearch": {}},
         "systemInstruction": {"parts": {"text": "terse"}},
         "generationConfig": {"temperature": "0.5", "maxOutputTokens": "100", "seed": "-7",
                              "thinkingConfig": {"thinkingBudget": "512"}}}
        """;
    assertThat(new GeminiClient().read(json(loose)))
        .isEqualTo(new GeminiClient().read(json(strict)));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, ADAPTIVE",
    "0, OFF",
    "1, ON",
  })
  void budgets_of_thinking_say_a_mode(int budget, Reasoning.Mode mode) {
    var body = "{\"generationConfig\": {\"thinkingConfig\": {\"thinkingBudget\": " + budget + "}}}";
    assertThat(new GeminiClient().read(json(body)).reasoning().mode()).isEqualTo(mode);
  }

  @Test
  void calls_and_results_with_ids_belong_together_by_them() {
    var request =
        new GeminiClient()
            .read(
                json(
                    """
                    {"contents": [
                      {"role": "model", "parts": [{"functionCall": {"id": "x", "name": "f"}}, {"functionCall": {"id": "y", "name": "f"}}]},
                      {"role": "function", "parts": [{"functionResponse": {"id": "y", "name": "f"}}, {"functionResponse": {"name": "f"}}]}]}
                    """));
    assertThat(request.messages().getLast().parts())
        .containsExactly(Part.ToolResult.of("y", ""), Part.ToolResult.of("x", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}],\"generationConfig\":{\"responseModalities\":[\"IMAGE\"],\"temperature\":0.5}}",
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"fileData\":{\"mimeType\":\"video/mp4\",\"fileUri\":\"https://youtu.be/x\"}}]}],\"cachedContent\":\"c/1\",\"safetySettings\":[]}",
        "{\"tools\":[{\"codeExecution\":{}}],\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"b\",\"thoughtSignature\":\"c2ln\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"c\"}]}]}"
      })
  void what_a_client_asks_is_what_its_own_provider_is_asked(String body) {
    var request = new GeminiClient().read(json(body));
    var outgoing =
        new GeminiProvider().write(request, new Target("google-ai-studio", "gemini-2.5-flash"));
    assertThat(Json.read(Json.text(outgoing.body()))).contains(json(body));
    assertThat(outgoing.dropped()).isEmpty();
  }

  private static Part call(String id, String arguments) {
    return new Part.ToolCall(ToolName.of("f"), id, arguments, Optional.empty());
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }
}
