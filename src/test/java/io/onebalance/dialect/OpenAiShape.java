package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.dialect.Trees.CallIds;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chat Completions. `developer` is `system`; system messages in a row are one, joined by blank
/// lines, and the user's in a row are one.
final class OpenAiShape implements Shape {
  private static final Set<String> OPAQUE = Set.of("parameters", "schema");

  @Override
  public JsonNode request(JsonNode body) {
    var request = (ObjectNode) Trees.pruned(body, OPAQUE);
    Trees.dropIf(request, "stream", node -> !node.asBoolean(true));
    Trees.dropIf(request, "n", node -> node.asInt(0) == 1);
    Trees.dropIf(request, "store", node -> !node.asBoolean(true));
    Trees.dropIf(request, "parallel_tool_calls", node -> node.asBoolean(false));
    Trees.dropIf(request, "tool_choice", Trees.says("auto"));
    Trees.dropIf(request, "response_format", node -> Trees.says("text").test(node.path("type")));
    Trees.objects(request, "tools").forEach(OpenAiShape::tool);
    var ids = new CallIds();
    Trees.objects(request, "messages").forEach(message -> message(message, ids));
    var joined = Trees.joined(request.path("messages"), Set.of("system", "user"));
    request.set("messages", joined);
    Trees.objects(request, "messages").stream()
        .filter(message -> Trees.says("system").test(message.path("role")))
        .forEach(message -> Trees.oneText(message, "text"));
    return request;
  }

  private static void tool(ObjectNode tool) {
    Trees.dropIf(tool.path("function"), "strict", node -> !node.asBoolean(true));
    Trees.dropIf(tool.path("function"), "description", Trees::isEmpty);
  }

  private static void message(ObjectNode message, CallIds ids) {
    if (Trees.says("developer").test(message.path("role"))) {
      message.put("role", "system");
    }
    Trees.dropIf(message, "content", Trees::isEmpty);
    Trees.dropIf(message, "tool_calls", Trees::isEmpty);
    Trees.textAsParts(message, "content", "text");
    Trees.objects(message, "content")
        .forEach(part -> Trees.dropIf(part.path("image_url"), "detail", Trees.says("auto")));
    Trees.objects(message, "tool_calls").forEach(call -> call(call, ids));
    ids.rename(message, "tool_call_id");
  }

  private static void call(ObjectNode call, CallIds ids) {
    ids.rename(call, "id");
    if (call.path("function") instanceof ObjectNode function) {
      Trees.parsed(function, "arguments");
    }
  }

  @Override
  public JsonNode answer(JsonNode body) {
    var answer = (ObjectNode) Trees.pruned(body, Set.of());
    var told = Json.object();
    answer.properties().stream()
        .filter(member -> Set.of("choices", "usage", "error").contains(member.getKey()))
        .forEach(member -> told.set(member.getKey(), Trees.counts(member.getValue())));
    told.set("choices", answer.path("choices"));
    for (var choice : Trees.objects(told, "choices")) {
      if (choice.path("message") instanceof ObjectNode message) {
        var ids = new CallIds();
        Set.of("content", "annotations", "tool_calls")
            .forEach(name -> Trees.dropIf(message, name, Trees::isEmpty));
        Trees.objects(message, "tool_calls").forEach(call -> call(call, ids));
      }
    }
    return told;
  }

  /// Concatenates the deltas of each choice; the calls by their index.
  @Override
  public JsonNode gathered(List<Event> events) {
    assertThat(events).as("a stream ends with one [DONE]").isNotEmpty();
    assertThat(events.stream().filter(this::isCleanEnd)).as("[DONE]").hasSize(1);
    assertThat(isCleanEnd(events.getLast())).as("[DONE] is last").isTrue();
    var answer = Json.object();
    var choices = answer.putArray("choices");
    for (var event : events.subList(0, events.size() - 1)) {
      var chunk = Shape.data(event);
      assertThat(event.type()).as("no event line").isEmpty();
      assertThat(chunk.path("object").asString("")).isEqualTo("chat.completion.chunk");
      assertThat(chunk.path("id").asString("")).startsWith("chatcmpl-");
      Trees.objects(chunk, "choices").forEach(choice -> add(choices, choice));
      if (chunk.path("usage").isObject()) {
        assertThat(chunk.path("choices")).as("choices of the usage chunk").isEmpty();
        answer.set("usage", chunk.get("usage"));
      }
    }
    return answer;
  }

  private static void add(ArrayNode choices, ObjectNode piece) {
    var index = piece.path("index").asInt(-1);
    while (choices.size() <= index) {
      var next = choices.size();
      choices.addObject().put("index", next).putObject("message");
    }
    var choice = (ObjectNode) choices.get(index);
    assertThat(choice.has("finish_reason")).as("something after the finish: %s", piece).isFalse();
    if (!piece.path("finish_reason").isNull() && piece.has("finish_reason")) {
      choice.set("finish_reason", piece.get("finish_reason"));
    }
    var message = (ObjectNode) choice.get("message");
    for (var member : piece.path("delta").properties()) {
      switch (member.getKey()) {
        case "tool_calls" -> member.getValue().values().forEach(call -> call(message, call));
        case "role" -> message.set("role", member.getValue());
        default -> append(message, member.getKey(), member.getValue()); // texts under any name
      }
    }
  }

  private static void call(ObjectNode message, JsonNode piece) {
    var calls = message.withArray("tool_calls");
    var index = piece.path("index").asInt(-1);
    assertThat(index).as("calls are numbered without a gap: %s", piece).isBetween(0, calls.size());
    if (index == calls.size()) {
      assertThat(piece.path("id").asString("")).as("the id of a new call").isNotEmpty();
      var call = ((ObjectNode) piece.deepCopy());
      call.remove("index");
      calls.add(call);
    } else {
      var call = (ObjectNode) calls.get(index);
      var kind = piece.has("custom") ? "custom" : "function";
      piece
          .path(kind)
          .properties()
          .forEach(member -> append(call.withObject(kind), member.getKey(), member.getValue()));
    }
  }

  private static void append(ObjectNode holder, String name, JsonNode text) {
    if (text.isString()) {
      holder.put(name, holder.path(name).asString("") + text.stringValue());
    } else if (!text.isNull()) {
      holder.set(name, text);
    }
  }

  @Override
  public boolean isError(Event event) {
    return !isCleanEnd(event) && Shape.data(event).path("error").isObject();
  }

  @Override
  public boolean isCleanEnd(Event event) {
    return event.text().equals("[DONE]");
  }

  @Override
  public JsonNode streamed(JsonNode body) {
    var request = ((ObjectNode) body.deepCopy()).put("stream", true);
    request.putObject("stream_options").put("include_usage", true);
    return request;
  }
}
