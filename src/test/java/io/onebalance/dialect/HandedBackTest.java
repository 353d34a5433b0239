package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model sealed comes back to it in the next turn, through a client of any dialect that can
/// carry it: the client hands the answer back as it heard it, with a result for every call.
class HandedBackTest {
  private static final Set<String> SEALS = Set.of("thoughtSignature", "signature", "data");

  /// Each seal of the provider's answer is to stand in its next request.
  record Turn(String conversation, String provider, String client) {
    @Override
    public String toString() {
      return conversation + ": " + provider + " through a client of " + client;
    }
  }

  static Stream<Turn> turns() {
    return Stream.of(
            new Turn("signed-call", "gemini", "openai"),
            new Turn("signed-call", "gemini", "responses"),
            new Turn("signed-call", "gemini", "anthropic"),
            new Turn("signed-call", "gemini", "gemini"),
            new Turn("thinking-with-a-budget", "anthropic", "anthropic"),
            new Turn("thinking-with-a-budget", "anthropic", "gemini"),
            new Turn("thoughts-before-a-call", "anthropic", "responses"),
            new Turn("thoughts-before-a-call", "anthropic", "anthropic"))
        .filter(turn -> Speaker.named(turn.provider).isPresent())
        .filter(turn -> Speaker.named(turn.client).isPresent());
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("turns")
  void a_whole_answer_comes_back_with_its_seals(Turn turn) {
    var conversation = Conversation.named(turn.conversation);
    var provider = Speaker.named(turn.provider).orElseThrow();
    var client = Speaker.named(turn.client).orElseThrow();
    var answer = conversation.answer(turn.provider).orElseThrow();
    var reply = provider.provider().read(answer, Speaker.REQUEST_ID);
    var heard = client.client().write(reply, conversation.envelope(client, false));
    comesBack(conversation, provider, client, heard);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("turns")
  void a_streamed_answer_comes_back_with_its_seals(Turn turn) {
    var conversation = Conversation.named(turn.conversation);
    var provider = Speaker.named(turn.provider).orElseThrow();
    var client = Speaker.named(turn.client).orElseThrow();
    var deltas = provider.heard(List.of(conversation.stream(turn.provider).orElseThrow()));
    var events = client.told(deltas, conversation.envelope(client, true));
    comesBack(conversation, provider, client, client.shape().gathered(events));
  }

  private static void comesBack(
      Conversation conversation, Speaker provider, Speaker client, JsonNode heard) {
    var next = next(client.name(), conversation.request(client.name()).orElseThrow(), heard);
    var target = conversation.target(provider.name());
    var asked = provider.provider().write(client.client().read(next), target).body();
    var seals = seals(conversation.answer(provider.name()).orElseThrow());
    assertThat(seals).isNotEmpty();
    assertThat(seals(asked)).as("%s%n%s", next, asked).containsExactlyElementsOf(seals);
  }

  private static List<String> seals(JsonNode tree) {
    var seals = new ArrayList<String>();
    for (var member : tree.properties()) {
      if (SEALS.contains(member.getKey()) && member.getValue().isString()) {
        seals.add(member.getValue().stringValue());
      }
    }
    tree.forEach(child -> seals.addAll(seals(child)));
    return seals;
  }

  private static JsonNode next(String dialect, JsonNode request, JsonNode heard) {
    var next = (ObjectNode) request.deepCopy();
    switch (dialect) {
      case "openai" -> openai(next, heard);
      case "responses" -> responses(next, heard);
      case "anthropic" -> anthropic(next, heard);
      case "gemini" -> gemini(next, heard);
      default -> throw new IllegalArgumentException(dialect); // as in Shape
    }
    return next;
  }

  private static void openai(ObjectNode next, JsonNode heard) {
    var message = heard.path("choices").path(0).path("message");
    var messages = next.withArray("messages").add(message);
    for (var call : message.path("tool_calls")) {
      messages
          .addObject()
          .put("role", "tool")
          .put("tool_call_id", call.path("id").asString())
          .put("content", "18 degrees");
    }
  }

  private static void responses(ObjectNode next, JsonNode heard) {
    var input = next.withArray("input");
    heard.path("output").forEach(input::add);
    for (var item : heard.path("output")) {
      if (Trees.says("function_call").test(item.path("type"))) {
        input
            .addObject()
            .put("type", "function_call_output")
            .put("call_id", item.path("call_id").asString())
            .put("output", "18 degrees");
      }
    }
  }

  private static void anthropic(ObjectNode next, JsonNode heard) {
    var messages = next.withArray("messages");
    messages.addObject().put("role", "assistant").set("content", heard.path("content"));
    var results = messages.addObject().put("role", "user").putArray("content");
    for (var block : heard.path("content")) {
      if (Trees.says("tool_use").test(block.path("type"))) {
        results
            .addObject()
            .put("type", "tool_result")
            .put("tool_use_id", block.path("id").asString())
            .put("content", "18 degrees");
      }
    }
  }

  private static void gemini(ObjectNode next, JsonNode heard) {
    var content = (ObjectNode) heard.path("candidates").path(0).path("content").deepCopy();
    var contents = next.withArray("contents").add(content.put("role", "model"));
    var results = contents.addObject().put("role", "user").putArray("parts");
    for (var part : content.path("parts")) {
      if (part.path("functionCall") instanceof ObjectNode call) {
        var result = results.addObject().putObject("functionResponse");
        result.put("name", call.path("name").asString());
        if (call.has("id")) {
          result.set("id", call.get("id"));
        }
        result.putObject("response").put("output", "18 degrees");
      }
    }
  }
}
