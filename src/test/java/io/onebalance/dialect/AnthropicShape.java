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

/// Anthropic Messages. Turns of the user in a row are one.
final class AnthropicShape implements Shape {
  private static final Set<String> OPAQUE = Set.of("input_schema", "schema", "input");

  @Override
  public JsonNode request(JsonNode body) {
    var request = (ObjectNode) Trees.pruned(body, OPAQUE);
    Trees.dropIf(request, "stream", node -> !node.asBoolean(true));
    Trees.dropIf(
        request.path("tool_choice"), "disable_parallel_tool_use", node -> !node.asBoolean(true));
    Trees.dropIf(
        request,
        "tool_choice",
        node -> node.size() == 1 && Trees.says("auto").test(node.path("type")));
    Trees.textAsParts(request, "system", "text");
    Trees.objects(request, "tools").forEach(AnthropicShape::tool);
    var ids = new CallIds();
    Trees.objects(request, "messages").forEach(message -> message(message, ids));
    request.set("messages", Trees.joined(request.path("messages"), Set.of("user")));
    return request;
  }

  private static void tool(ObjectNode tool) {
    Trees.dropIf(tool, "type", Trees.says("custom"));
    Trees.dropIf(tool, "description", Trees::isEmpty);
    Trees.dropIf(tool, "strict", node -> !node.asBoolean(true));
  }

  private static void message(ObjectNode message, CallIds ids) {
    Trees.textAsParts(message, "content", "text");
    Trees.objects(message, "content").forEach(block -> block(block, ids));
  }

  private static void block(ObjectNode block, CallIds ids) {
    Trees.dropIf(block, "citations", Trees::isEmpty);
    switch (block.path("type").asString("")) {
      case "tool_use" -> ids.rename(block, "id");
      case "tool_result" -> {
        ids.rename(block, "tool_use_id");
        Trees.dropIf(block, "is_error", node -> !node.asBoolean(true));
        Trees.textAsParts(block, "content", "text");
      }
      default -> {} // the other blocks have one form
    }
    // The breaks around a reminder's tags are the writer's choice.
    if (block.path("text").isString()) {
      block.put(
          "text",
          block
              .get("text")
              .stringValue()
              .replace("<system-reminder>\n", "<system-reminder>")
              .replace("\n</system-reminder>", "</system-reminder>"));
    }
  }

  @Override
  public JsonNode answer(JsonNode body) {
    var told = (ObjectNode) Trees.pruned(body, OPAQUE);
    told.retain(Set.of("content", "stop_reason", "stop_sequence", "usage", "error"));
    var ids = new CallIds();
    Trees.objects(told, "content").forEach(block -> block(block, ids));
    if (told.has("usage")) {
      told.set("usage", Trees.counts(told.get("usage")));
    }
    return told;
  }

  /// Follows the machine of the dialect: one block open at a time, in order, each closed.
  @Override
  public JsonNode gathered(List<Event> events) {
    var message = Json.object();
    var machine = new Machine(message.putArray("content"));
    for (var event : events) {
      var data = Shape.data(event);
      assertThat(event.type()).as("%s", data).isEqualTo(data.path("type").asString(""));
      assertThat(machine.stopped).as("nothing after message_stop").isFalse();
      if (!event.isPing() && !event.type().equals("message_start")) {
        assertThat(message.has("role")).as("message_start is first: %s", data).isTrue();
      }
      switch (event.type()) {
        case "message_start" -> {
          data.path("message").properties().stream()
              .filter(member -> !member.getKey().equals("content"))
              .forEach(member -> message.set(member.getKey(), member.getValue()));
        }
        case "message_delta" -> {
          assertThat(machine.open).as("an open block at the end").isFalse();
          message.setAll((ObjectNode) data.path("delta"));
          message.withObject("usage").setAll((ObjectNode) data.path("usage"));
        }
        default -> machine.next(event.type(), data); // blocks, the end and pings
      }
    }
    assertThat(machine.stopped).as("message_stop came").isTrue();
    return message;
  }

  /// The blocks of a message as they come.
  private static final class Machine {
    private final ArrayNode blocks;
    private final StringBuilder json = new StringBuilder();
    private boolean open;
    private boolean stopped;

    Machine(ArrayNode blocks) {
      this.blocks = blocks;
    }

    void next(String type, JsonNode data) {
      switch (type) {
        case "content_block_start" -> {
          assertThat(open).as("a block is still open").isFalse();
          assertThat(data.path("index").asInt(-1)).isEqualTo(blocks.size());
          blocks.add(data.path("content_block").deepCopy());
          open = true;
        }
        case "content_block_delta" -> {
          assertThat(open).as("a delta without a block: %s", data).isTrue();
          assertThat(data.path("index").asInt(-1)).isEqualTo(blocks.size() - 1);
          delta(data.path("delta"));
        }
        case "content_block_stop" -> stop(data);
        case "message_stop" -> stopped = true;
        case "ping" -> {}
        default -> throw new AssertionError("an unknown event: " + data); // clients would skip it
      }
    }

    private void delta(JsonNode delta) {
      var block = (ObjectNode) blocks.get(blocks.size() - 1);
      switch (delta.path("type").asString("")) {
        case "text_delta" -> append(block, "text", delta);
        case "thinking_delta" -> append(block, "thinking", delta);
        case "signature_delta" -> append(block, "signature", delta);
        case "input_json_delta" -> json.append(delta.path("partial_json").asString());
        default -> throw new AssertionError("an unknown delta: " + delta); // as above
      }
    }

    private static void append(ObjectNode block, String name, JsonNode delta) {
      assertThat(block.has(name)).as("%s in %s", name, block).isTrue();
      block.put(name, block.get(name).asString() + delta.path(name).asString());
    }

    private void stop(JsonNode data) {
      assertThat(open).as("a block to close").isTrue();
      assertThat(data.path("index").asInt(-1)).isEqualTo(blocks.size() - 1);
      open = false;
      var block = (ObjectNode) blocks.get(blocks.size() - 1);
      if (Trees.says("tool_use").test(block.path("type"))) {
        var input = json.isEmpty() ? "{}" : json.toString();
        block.set("input", Json.read(input).orElseThrow(() -> new AssertionError(input)));
      }
      json.setLength(0);
    }
  }

  @Override
  public boolean isError(Event event) {
    return event.type().equals("error");
  }

  @Override
  public boolean isCleanEnd(Event event) {
    return event.type().equals("message_stop");
  }

  @Override
  public JsonNode streamed(JsonNode body) {
    return ((ObjectNode) body.deepCopy()).put("stream", true);
  }
}
