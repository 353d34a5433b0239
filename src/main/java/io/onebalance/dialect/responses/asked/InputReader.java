package io.onebalance.dialect.responses.asked;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Members;
import io.onebalance.dialect.responses.answer.Carried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes messages of items. What the assistant did in a row is one message of it, and so are the
/// results of its calls one of the user's. Confined to one thread.
final class InputReader {
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, JsonNode> left = new LinkedHashMap<>();
  private final Map<String, Signature> sealed = new HashMap<>();
  private final List<Part> turn = new ArrayList<>();
  private @Nullable Turn open;

  /// @param left items that no other provider knows, by what they are called
  record Input(List<Message> messages, Map<String, JsonNode> left) {}

  private enum Turn {
    ASSISTANT,
    RESULTS
  }

  private InputReader() {}

  static Input read(Members body) {
    var input = body.raw("input").orElseThrow(() -> body.wrong("input", "is missing"));
    if (input.isString()) {
      var text = Part.Text.of(input.stringValue());
      return new Input(List.of(new Message(Role.USER, List.of(text))), Map.of());
    }
    var reader = new InputReader();
    body.objects("input").forEach(reader::item);
    reader.flush();
    return new Input(reader.messages, reader.left);
  }

  private void item(Members item) {
    var type = item.text("type").orElse("message");
    switch (type) {
      case "message" -> message(item);
      case "reasoning" -> thought(item);
      case "function_call" -> call(item, false, item.text("arguments").orElse(""));
      case "custom_tool_call" -> call(item, true, item.text("input").orElse(""));
      case "function_call_output", "custom_tool_call_output" ->
          add(
              Turn.RESULTS,
              List.of(
                  new Part.ToolResult(callId(item), ContentReader.read(item, "output"), false)));
      case "item_reference" ->
          throw new BadRequest(
              item.path("type"),
              "items are not kept here; send the item itself in place of an item_reference");
      // What OpenAI's own tools did, an open set, means nothing to another provider.
      default -> left.put("input." + type, item.written());
    }
  }

  private void message(Members item) {
    var parts = ContentReader.read(item, "content");
    switch (item.needed("role")) {
      case "assistant" -> add(Turn.ASSISTANT, parts);
      case "user" -> single(Role.USER, parts);
      case "system", "developer" -> single(Role.SYSTEM, parts);
      default -> throw item.wrong("role", "must be user, assistant, system or developer");
    }
  }

  private void call(Members item, boolean custom, String arguments) {
    var name = new ToolName(item.needed("name"), item.text("namespace"), custom);
    var id = callId(item);
    var signature = Optional.ofNullable(sealed.get(id));
    add(Turn.ASSISTANT, List.of(new Part.ToolCall(name, id, arguments, signature)));
  }

  private static String callId(Members item) {
    return item.text("call_id").orElseGet(() -> item.needed("id"));
  }

  private void thought(Members item) {
    var carried = item.text("encrypted_content").map(Carried::of).orElseGet(Carried::nothing);
    sealed.putAll(carried.calls());
    carried
        .redacted()
        .ifPresent(seal -> add(Turn.ASSISTANT, List.of(new Part.RedactedThinking(seal))));
    carried.text().ifPresent(this::sealText);
    var told = texts(item, "content");
    var text = told.isEmpty() ? texts(item, "summary") : told;
    if (!text.isEmpty() || carried.thought().isPresent()) {
      add(Turn.ASSISTANT, List.of(new Part.Thinking(text, carried.thought())));
    }
  }

  /// Seals the text right before, or an empty one where there is none.
  private void sealText(Signature signature) {
    var seal = Optional.of(signature);
    if (open == Turn.ASSISTANT
        && !turn.isEmpty()
        && turn.getLast() instanceof Part.Text(var text, var before)
        && before.isEmpty()) {
      turn.set(turn.size() - 1, new Part.Text(text, seal));
    } else {
      add(Turn.ASSISTANT, List.of(new Part.Text("", seal)));
    }
  }

  private static String texts(Members item, String name) {
    return item.objects(name).stream()
        .flatMap(part -> part.text("text").stream())
        .collect(Collectors.joining("\n\n"));
  }

  private void single(Role role, List<Part> parts) {
    flush();
    messages.add(new Message(role, parts));
  }

  private void add(Turn to, List<Part> parts) {
    if (open != to) {
      flush();
      open = to;
    }
    turn.addAll(parts);
  }

  private void flush() {
    if (open != null && !turn.isEmpty()) {
      messages.add(new Message(open == Turn.ASSISTANT ? Role.ASSISTANT : Role.USER, turn));
    }
    turn.clear();
    open = null;
  }
}
