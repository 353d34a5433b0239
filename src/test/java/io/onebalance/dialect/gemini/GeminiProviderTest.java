package io.onebalance.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class GeminiProviderTest {
  private static final Path TABLES = Path.of("src/test/resources/io/onebalance/dialect/gemini");

  @TestFactory
  Stream<DynamicTest> requests_are_written_as_the_table_says() throws IOException {
    return rows("requests.json")
        .map(row -> dynamicTest(row.get("name").stringValue(), () -> checkRequest(row)));
  }

  private static void checkRequest(JsonNode row) {
    var request =
        new ChatRequest(
            "m",
            row.get("messages").valueStream().map(GeminiProviderTest::message).toList(),
            Tools.NONE,
            sampling(row.path("sampling")),
            limits(row.path("limits")),
            Reasoning.UNSAID,
            new OutputFormat.Text(),
            new Delivery(false, false),
            extras(row.path("extras")));
    var target =
        new Target(
            row.path("provider").asString("google-ai-studio"), row.get("model").stringValue());
    var outgoing = new GeminiProvider().write(request, target);
    assertThat(Json.read(Json.bytes(outgoing.body()))).contains(row.get("body"));
    assertThat(outgoing.dropped())
        .containsExactlyInAnyOrderElementsOf(
            row.path("dropped").valueStream().map(JsonNode::stringValue).toList());
  }

  @TestFactory
  Stream<DynamicTest> thinking_is_asked_for_as_the_table_says() throws IOException {
    return rows("thinking.json").map(row -> dynamicTest(row.toString(), () -> checkThinking(row)));
  }

  private static void checkThinking(JsonNode row) {
    var reasoning =
        new Reasoning(
            Reasoning.Mode.valueOf(row.get(1).stringValue()),
            told(row.get(2)).map(effort -> Reasoning.Effort.valueOf(effort.stringValue())),
            told(row.get(3)).map(JsonNode::intValue),
            told(row.get(4)).map(JsonNode::booleanValue));
    var request =
        new ChatRequest(
            "m",
            List.of(),
            Tools.NONE,
            Sampling.UNSAID,
            Limits.UNSAID,
            reasoning,
            new OutputFormat.Text(),
            new Delivery(false, false),
            Map.of());
    var target = new Target("google-ai-studio", row.get(0).stringValue());
    var outgoing = new GeminiProvider().write(request, target);
    var written = outgoing.body().path("generationConfig").path("thinkingConfig");
    assertThat(written.isMissingNode() ? Optional.empty() : Optional.of(written))
        .isEqualTo(told(row.get(5)));
    assertThat(outgoing.dropped())
        .isEqualTo(
            written.isMissingNode() && reasoning.mode() == Reasoning.Mode.ON
                ? List.of("reasoning")
                : List.of());
  }

  private static Stream<JsonNode> rows(String file) throws IOException {
    return Json.read(Files.readAllBytes(TABLES.resolve(file))).orElseThrow().valueStream();
  }

  private static Optional<JsonNode> told(JsonNode value) {
    return Optional.of(value).filter(node -> !node.isNull());
  }

  private static Message message(JsonNode pair) {
    var role = Message.Role.valueOf(pair.get(0).stringValue().toUpperCase(java.util.Locale.ROOT));
    return new Message(role, List.of(Part.Text.of(pair.get(1).stringValue())));
  }

  private static Sampling sampling(JsonNode said) {
    return new Sampling(
        number(said, "temperature"),
        number(said, "topP"),
        number(said, "topK").map(Double::intValue),
        number(said, "seed").map(Double::longValue),
        number(said, "presencePenalty"),
        number(said, "frequencyPenalty"),
        number(said, "logprobs").map(Double::intValue));
  }

  private static Optional<Double> number(JsonNode said, String name) {
    return Optional.of(said.path(name)).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
  }

  private static Limits limits(JsonNode said) {
    return new Limits(
        number(said, "tokens").map(Double::intValue),
        said.path("stops").valueStream().map(JsonNode::stringValue).toList(),
        said.path("choices").asInt(1));
  }

  private static Map<String, JsonNode> extras(JsonNode said) {
    var extras = new TreeMap<String, JsonNode>();
    said.properties().forEach(member -> extras.put(member.getKey(), member.getValue()));
    return extras;
  }
}
