package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.anthropic.words.Arguments;
import io.onebalance.dialect.anthropic.words.CacheMarks;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the parts of a conversation as content: a text where that is all, else blocks.
final class BlockWriter {
  private final CacheMarks marks;
  private final CallIds ids;
  private final Names names;
  private final Set<String> dropped;

  BlockWriter(CacheMarks marks, CallIds ids, Names names, Set<String> dropped) {
    this.marks = marks;
    this.ids = ids;
    this.names = names;
    this.dropped = dropped;
  }

  ArrayNode messages(List<Message> turns) {
    var written = Json.array();
    for (var i = 0; i < turns.size(); i++) {
      var turn = turns.get(i);
      var last = i + 1 == turns.size() && turn.role() == Role.ASSISTANT;
      var message = written.addObject().put("role", turn.role().name().toLowerCase(Locale.ROOT));
      message.set("content", content(last ? stripped(turn.parts()) : turn.parts(), turn.role()));
    }
    return written;
  }

  JsonNode content(List<Part> parts, Role role) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Text only && !marks.isMarked(only)) {
      return JsonNodeFactory.instance.stringNode(only.text());
    }
    var blocks = Json.array();
    for (var part : parts) {
      var block = block(part, role);
      marks.mark(part, block);
      blocks.add(block);
    }
    return blocks;
  }

  private ObjectNode block(Part part, Role role) {
    return switch (part) {
      case Part.Text(var text, _) -> text(text);
      case Part.Refusal(var text) -> text(text);
      case Part.Media media -> media(media, role);
      case Part.ToolCall call -> call(call);
      case Part.ToolResult result -> result(result);
      case Part.Thinking(var text, var signature) ->
          Json.object()
              .put("type", "thinking")
              .put("thinking", text)
              .put("signature", signature.map(Signature::value).orElse(""));
      case Part.RedactedThinking(var sealed) ->
          Json.object().put("type", "redacted_thinking").put("data", sealed.value());
    };
  }

  /// No answer holds pictures or files here, so what another model made of them is only noted.
  private ObjectNode media(Part.Media media, Role role) {
    if (role == Role.USER) {
      media.detail().filter(detail -> !detail.equals("auto")).ifPresent(_ -> dropped.add("detail"));
      return MediaWriter.block(media);
    }
    dropped.add(media.kind().name().toLowerCase(Locale.ROOT));
    return text("[" + media.kind().name().toLowerCase(Locale.ROOT) + "]");
  }

  private ObjectNode call(Part.ToolCall call) {
    var block =
        Json.object()
            .put("type", "tool_use")
            .put("id", ids.of(call.id()))
            .put("name", names.of(call.tool()));
    block.set("input", input(call));
    return block;
  }

  private ObjectNode input(Part.ToolCall call) {
    if (call.tool().custom()) {
      return FreeText.wrapped(call.arguments());
    }
    var input = Arguments.object(call.arguments());
    if (input.isEmpty()) {
      dropped.add("arguments");
    }
    return input.orElseGet(Json::object);
  }

  private ObjectNode result(Part.ToolResult result) {
    var block =
        Json.object().put("type", "tool_result").put("tool_use_id", ids.of(result.callId()));
    var said = result.content().stream().filter(BlockWriter::isSaid).toList();
    if (!said.isEmpty()) {
      block.set("content", content(said, Role.USER));
    }
    return result.error() ? block.put("is_error", true) : block;
  }

  private static boolean isSaid(Part part) {
    return !(part instanceof Part.Text(var text, _)) || !text.isBlank();
  }

  /// The beginning of an answer must not end in white space.
  private static List<Part> stripped(List<Part> parts) {
    if (!(parts.getLast() instanceof Part.Text(var text, _)) || text.stripTrailing().equals(text)) {
      return parts;
    }
    var stripped = new ArrayList<Part>(parts.subList(0, parts.size() - 1));
    stripped.add(new Part.Text(text.stripTrailing(), Optional.empty()));
    return stripped;
  }

  private static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text);
  }
}
