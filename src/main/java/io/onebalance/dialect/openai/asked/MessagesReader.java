package io.onebalance.dialect.openai.asked;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.dialect.json.Members;
import io.onebalance.dialect.openai.words.AssistantReader;
import io.onebalance.dialect.openai.words.PartsReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the messages of a request. Results of tools are messages here; they become the front of
/// the user's turn that follows. Used once.
final class MessagesReader {
  private final List<Message> read = new ArrayList<>();
  private final List<Part> results = new ArrayList<>();

  /// The ids that we gave to calls of the legacy form, which has none, by the function's name.
  private final Map<String, String> legacy = new HashMap<>();

  List<Message> read(Members body) {
    var messages = body.objects("messages");
    if (messages.isEmpty()) {
      throw body.wrong("messages", "must hold at least one message");
    }
    messages.forEach(this::message);
    add(Role.USER, List.of());
    return read;
  }

  private void message(Members message) {
    var role = message.needed("role");
    switch (role) {
      case "system", "developer" -> {
        add(Role.USER, List.of());
        add(Role.SYSTEM, PartsReader.content(message));
      }
      case "user" -> add(Role.USER, PartsReader.content(message));
      case "assistant" -> {
        add(Role.USER, List.of());
        add(Role.ASSISTANT, assistant(message));
      }
      case "tool" -> result(message.needed("tool_call_id"), message);
      case "function" -> {
        var name = message.needed("name");
        result(legacy.getOrDefault(name, "call_" + name), message);
      }
      // Roles are open words.
      default -> throw message.wrong("role", "must be system, developer, user, assistant or tool");
    }
  }

  private void result(String id, Members message) {
    results.add(new Part.ToolResult(id, PartsReader.result(message), false));
  }

  private List<Part> assistant(Members message) {
    var turn = AssistantReader.read(message, "call_" + read.size());
    message
        .object("function_call")
        .ifPresent(call -> {
          var id = "call_" + read.size() + "_function";
          legacy.put(call.needed("name"), id);
        });
    return turn;
  }

  private void add(Role role, List<Part> parts) {
    var all = new ArrayList<Part>();
    if (role == Role.USER) {
      all.addAll(results);
      results.clear();
    }
    all.addAll(parts);
    if (!all.isEmpty()) {
      read.add(new Message(role, all));
    }
  }
}
