package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.dialect.Trees.CallIds;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI Responses. `instructions` are a system message in front, `developer` is `system`,
/// messages of one role in a row are one, and what a gateway asks for its own sake (`store`,
/// `include`) counts for nothing. Of an answer its echo of the request is not compared.
final class ResponsesShape implements Shape {
  private static final Set<String> OPAQUE = Set.of("parameters", "schema");
  private static final Set<String> TOLD =
      Set.of("status", "incomplete_details", "error", "output", "usage");

  @Override
  public JsonNode request(JsonNode body) {
    var request = (ObjectNode) Trees.pruned(body, OPAQUE);
    request.remove(List.of("store", "include"));
    Trees.dropIf(request, "stream", node -> !node.asBoolean(true));
    Trees.dropIf(request, "parallel_tool_calls", node -> node.asBoolean(false));
    Trees.dropIf(request, "tool_choice", Trees.says("auto"));
    Trees.dropIf(
        request.path("text"), "format", node -> Trees.says("text").test(node.path("type")));
    Set.of("text", "reasoning").forEach(name -> Trees.dropIf(request, name, Trees::isEmpty));
    Trees.objects(request, "tools").forEach(ResponsesShape::tool);
    items(request);
    return request;
  }

  private static void tool(ObjectNode tool) {
    Trees.dropIf(tool, "description", Trees::isEmpty);
    Trees.dropIf(tool, "format", node -> Trees.says("text").test(node.path("type")));
  }

  private static void items(ObjectNode request) {
    var items = Json.array();
    if (request.has("instructions")) {
      items.addObject().put("role", "system").set("content", request.remove("instructions"));
    }
    if (request.path("input").isString()) {
      items.addObject().put("role", "user").set("content", request.get("input"));
    } else {
      items.addAll(request.path("input").values());
    }
    var ids = new CallIds();
    items.forEach(item -> item((ObjectNode) item, ids));
    request.set("input", Trees.joined(items, Set.of("system", "user")));
    Trees.objects(request, "input").stream()
        .filter(item -> Trees.says("system").test(item.path("role")))
        .forEach(item -> Trees.oneText(item, "input_text"));
  }

  private static void item(ObjectNode item, CallIds ids) {
    item.remove(List.of("id", "status"));
    if (item.has("role")) {
      item.put("type", "message");
    }
    if (Trees.says("developer").test(item.path("role"))) {
      item.put("role", "system");
    }
    var said = Trees.says("assistant").test(item.path("role")) ? "output_text" : "input_text";
    Trees.textAsParts(item, "content", said);
    Trees.textAsParts(item, "output", "input_text");
    Trees.objects(item, "content").forEach(ResponsesShape::part);
    Trees.objects(item, "output").forEach(ResponsesShape::part);
    Trees.dropIf(item, "summary", Trees::isEmpty);
    Trees.parsed(item, "arguments");
    ids.rename(item, "call_id");
  }

  private static void part(ObjectNode part) {
    Trees.dropIf(part, "annotations", Trees::isEmpty);
    Trees.dropIf(part, "logprobs", Trees::isEmpty);
    Trees.dropIf(part, "detail", Trees.says("auto"));
  }

  @Override
  public JsonNode answer(JsonNode body) {
    var told = (ObjectNode) Trees.pruned(body, Set.of());
    told.retain(TOLD);
    var ids = new CallIds();
    Trees.objects(told, "output").forEach(item -> item(item, ids));
    if (told.has("usage")) {
      told.set("usage", Trees.counts(told.get("usage")));
    }
    return told;
  }

  /// Believes the last event, once every piece before it was seen to add up to what it says.
  @Override
  public JsonNode gathered(List<Event> events) {
    var done = new TreeMap<Integer, JsonNode>();
    var added = 0;
    var pieces = new HashMap<String, String>();
    for (var i = 0; i < events.size(); i++) {
      var data = Shape.data(events.get(i));
      assertThat(data.path("type").asString("")).isEqualTo(events.get(i).type());
      assertThat(data.path("sequence_number").asInt(-1)).as("%s", data).isEqualTo(i);
      assertThat(isCleanEnd(events.get(i)))
          .as("only the last event ends: %s", data)
          .isEqualTo(i == events.size() - 1);
      switch (events.get(i).type()) {
        case "response.output_item.added" ->
            assertThat(data.path("output_index").asInt(-1)).isEqualTo(added++);
        case "response.output_item.done" ->
            assertThat(done.put(data.path("output_index").asInt(-1), data.path("item")))
                .as("done once: %s", data)
                .isNull();
        default -> adds(data, pieces); // deltas and their sums, under a dozen names
      }
    }
    assertThat(events)
        .extracting(Event::type)
        .startsWith("response.created", "response.in_progress");
    var response = Shape.data(events.getLast()).path("response");
    assertThat(response.path("output").values())
        .as("the items that were done")
        .containsExactlyElementsOf(done.values());
    assertThat(done).hasSize(added);
    return response;
  }

  private static void adds(JsonNode data, Map<String, String> pieces) {
    var type = data.path("type").asString();
    var stem = type.substring(0, type.lastIndexOf('.'));
    var place =
        data.path("item_id").asString("")
            + stem
            + data.path("content_index")
            + data.path("summary_index");
    if (type.endsWith(".delta")) {
      pieces.merge(place, data.path("delta").asString(), String::concat);
    }
    var sum =
        switch (stem) {
          case "response.output_text", "response.reasoning_summary_text" -> data.path("text");
          case "response.refusal" -> data.path("refusal");
          case "response.function_call_arguments" -> data.path("arguments");
          case "response.custom_tool_call_input" -> data.path("input");
          default -> data.path("none"); // no deltas
        };
    if (type.endsWith(".done") && !sum.isMissingNode()) {
      assertThat(sum.asString()).as(place).isEqualTo(pieces.getOrDefault(place, ""));
    }
  }

  @Override
  public boolean isError(Event event) {
    return Set.of("response.failed", "error").contains(event.type());
  }

  @Override
  public boolean isCleanEnd(Event event) {
    return Set.of("response.completed", "response.incomplete").contains(event.type());
  }

  @Override
  public JsonNode streamed(JsonNode body) {
    return ((ObjectNode) body.deepCopy()).put("stream", true);
  }
}
