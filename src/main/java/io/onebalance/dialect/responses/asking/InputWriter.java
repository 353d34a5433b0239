package io.onebalance.dialect.responses.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.dialect.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes items of messages. Confined to one thread.
final class InputWriter {
  /// What is said where nobody said anything: OpenAI takes no input without an item.
  private static final String SILENCE = ".";

  private final ArrayNode items = Json.array();
  private final Set<String> custom = new HashSet<>();
  private final ToolNames names;
  private final Set<String> dropped;
  private ArrayNode content = Json.array();

  private InputWriter(ToolNames names, Set<String> dropped) {
    this.names = names;
    this.dropped = dropped;
  }

  /// The conversation without thoughts of other makers, which nobody here can read.
  static List<Message> known(List<Message> messages, Set<String> dropped) {
    return messages.stream()
        .map(message ->
            new Message(
                message.role(),
                message.parts().stream().filter(part -> isKnown(part, dropped)).toList()))
        .toList();
  }

  static ArrayNode written(List<Message> messages, ToolNames names, Set<String> dropped) {
    var writer = new InputWriter(names, dropped);
    messages.forEach(writer::message);
    if (writer.items.isEmpty()) {
      writer.message(new Message(Message.Role.USER, List.of(Part.Text.of(SILENCE))));
    }
    return writer.items;
  }

  private static boolean isKnown(Part part, Set<String> dropped) {
    var known =
        switch (part) {
          case Part.Thinking(_, var signature) -> signature.filter(InputWriter::isOurs).isPresent();
          case Part.RedactedThinking _ -> false; // another maker's: ours come with a summary
          case Part.Text _, Part.Media _, Part.Refusal _ -> true;
          case Part.ToolCall _, Part.ToolResult _ -> true;
        };
    if (!known && !(part instanceof Part.Thinking(var text, _) && text.isEmpty())) {
      dropped.add("thinking");
    }
    return known;
  }

  private static boolean isOurs(Signature signature) {
    return signature.isOf(Signature.Maker.OPENAI);
  }

  private void message(Message message) {
    message.parts().forEach(part -> part(message.role(), part));
    flush(message.role());
  }

  private void part(Message.Role role, Part part) {
    switch (part) {
      case Part.Text(var text, _) -> content.add(ContentWriter.text(text, role));
      case Part.Media media -> media(role, media);
      case Part.Refusal(var text) -> refusal(role, text);
      case Part.ToolCall call -> call(role, call);
      case Part.ToolResult result -> result(role, result);
      case Part.Thinking(var text, var signature) -> {
        flush(role);
        signature.ifPresent(seal -> items.add(thought(text, seal)));
      }
      case Part.RedactedThinking _ -> {
        // Not known here.
      }
    }
  }

  /// What the assistant showed has no place in its own turn here.
  private void media(Message.Role role, Part.Media media) {
    if (role == Message.Role.ASSISTANT) {
      dropped.add("messages.content." + ContentWriter.word(media.kind()));
    } else {
      content.add(ContentWriter.media(media));
    }
  }

  private void refusal(Message.Role role, String text) {
    content.add(
        role == Message.Role.ASSISTANT
            ? Json.object().put("type", "refusal").put("refusal", text)
            : ContentWriter.text(text, role));
  }

  private void call(Message.Role role, Part.ToolCall call) {
    flush(role);
    var tool = call.tool();
    var id = CallIds.fitting(call.id());
    var item =
        Json.object()
            .put("type", tool.custom() ? "custom_tool_call" : "function_call")
            .put("call_id", id)
            .put("name", names.fitting(tool));
    tool.space().ifPresent(space -> item.put("namespace", space));
    if (tool.custom()) {
      custom.add(id);
      items.add(item.put("input", call.arguments()));
    } else {
      items.add(item.put("arguments", call.arguments().isEmpty() ? "{}" : call.arguments()));
    }
  }

  private void result(Message.Role role, Part.ToolResult result) {
    flush(role);
    var id = CallIds.fitting(result.callId());
    var type = custom.contains(id) ? "custom_tool_call_output" : "function_call_output";
    var item = Json.object().put("type", type).put("call_id", id);
    item.set("output", ContentWriter.output(result));
    items.add(item);
  }

  private static ObjectNode thought(String text, Signature seal) {
    var item = Json.object().put("type", "reasoning");
    var summary = item.putArray("summary");
    if (!text.isEmpty()) {
      summary.addObject().put("type", "summary_text").put("text", text);
    }
    return item.put("encrypted_content", seal.value());
  }

  private void flush(Message.Role role) {
    if (!content.isEmpty()) {
      var item = items.addObject().put("type", "message").put("role", word(role));
      item.set("content", content);
      content = Json.array();
    }
  }

  private static String word(Message.Role role) {
    return switch (role) {
      case SYSTEM -> "system";
      case USER -> "user";
      case ASSISTANT -> "assistant";
    };
  }
}
