package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.history.Pairing;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.OpenAiClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What a client sends by the thousand, and all alike: it costs no more than it is large, and no
/// two become one.
class ManyOfAKindTest {
  private static final int MANY = 20_000;
  private static final OpenAiClient CLIENT = new OpenAiClient();

  static List<Speaker> speakers() {
    return Speaker.ALL;
  }

  @ParameterizedTest
  @MethodSource("speakers")
  void tools_whose_names_differ_only_in_what_is_replaced_keep_names_of_their_own(Speaker to) {
    var tools =
        list(
            MANY,
            i ->
                """
                {"type": "function", "function": {"name": "%s"}}
                """
                    .formatted("!".repeat(i % 130) + "?".repeat(1 + i / 130)));
    var request = read("\"tools\": [" + tools + "], " + said(""));
    assertThat(written(request, to).renamed()).hasSize(MANY);
  }

  @ParameterizedTest
  @MethodSource("speakers")
  void tools_of_one_name_are_one(Speaker to) {
    var tools = list(3, i -> "{\"type\": \"function\", \"function\": {\"name\": \"same\"}}");
    var body = written(read("\"tools\": [" + tools + "], " + said("")), to).body();
    assertThat(body.findValuesAsString("name")).containsExactly("same");
  }

  @ParameterizedTest
  @MethodSource("speakers")
  void calls_and_results_in_the_opposite_order_still_meet(Speaker to) {
    var calls =
        list(
            MANY,
            i ->
                """
                {"id": "%s", "type": "function", "function": {"name": "f", "arguments": "{\\"i\\": %d}"}}
                """
                    .formatted(id(i), i));
    var results =
        list(
            MANY,
            i ->
                """
                {"role": "tool", "tool_call_id": "%s", "content": "%d"}
                """
                    .formatted(id(MANY - 1 - i), MANY - 1 - i));
    var turn = ", {\"role\": \"assistant\", \"tool_calls\": [" + calls + "]}, " + results;
    var body = written(read(said(turn)), to).body();
    var ids = new HashSet<String>();
    ids(body, ids);
    assertThat(ids).hasSize(MANY);
    assertThat(Json.text(body)).doesNotContain(Pairing.NO_RESULT).doesNotContain(Pairing.NO_CALL);
  }

  private static String id(int i) {
    return "!".repeat(i % 130) + "?".repeat(1 + i / 130);
  }

  /// Of the calls, by whatever name the dialect has for them.
  private static void ids(JsonNode node, Set<String> found) {
    for (var member : node.properties()) {
      if (member.getKey().matches("id|call_id") && member.getValue().isString()) {
        found.add(member.getValue().stringValue());
      }
    }
    node.forEach(inside -> ids(inside, found));
  }

  private static String list(int many, IntFunction<String> each) {
    return IntStream.range(0, many).mapToObj(each).collect(Collectors.joining(", "));
  }

  private static String said(String further) {
    return "\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}" + further + "]";
  }

  private static ChatRequest read(String members) {
    return CLIENT.read(Json.read("{\"model\": \"m\", " + members + "}").orElseThrow());
  }

  private static Outgoing written(ChatRequest request, Speaker to) {
    return to.provider().write(request, Conversation.named("plain").target(to.name()));
  }
}
