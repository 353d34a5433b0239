package io.onebalance.dialect.openai.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.history.Pairing;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.words.Forms;
import io.onebalance.dialect.openai.words.Signatures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the conversation. Used once.
final class MessagesWriter {
  private static final String CONTENT = "content";

  /// What a tool that said nothing has said: some providers take no empty result.
  private static final String NOTHING = "(no output)";

  /// What is said where nobody said anything: no provider takes a conversation without a message.
  private static final String SILENCE = ".";

  private static final String BRIDGE = "Understood.";

  private final Draft draft;
  private final PartsWriter parts;
  private final ArrayNode written = Json.array();

  MessagesWriter(Draft draft) {
    this.draft = draft;
    parts = new PartsWriter(draft.flavour);
  }

  /// `wishes` are instructions of ours.
  ArrayNode write(List<Message> messages, List<String> wishes) {
    var paired = Pairing.paired(messages.stream().map(this::kept).toList());
    var first = draft.flavour.word("system").equals("first");
    wishes.forEach(wish -> system(List.of(Part.Text.of(wish))));
    (first ? Pairing.merged(inOrder(paired)) : paired).forEach(this::message);
    if (written.isEmpty()) {
      written.addObject().put("role", "user").put(CONTENT, SILENCE);
    }
    if (draft.flavour.is("prefix")
        && written.path(written.size() - 1) instanceof ObjectNode last
        && last.path("role").asString("").equals("assistant")) {
      last.put("prefix", true);
    }
    return written;
  }

  /// Without thoughts, where nobody takes them back.
  private Message kept(Message message) {
    var takesThoughts = !draft.flavour.word("thoughts").isEmpty();
    var kept =
        message.parts().stream()
            .filter(part ->
                switch (part) {
                  case Part.Thinking _ -> takesThoughts || dropped("reasoning_content");
                  case Part.RedactedThinking _ -> dropped("redacted_thinking");
                  case Part.Text _,
                      Part.Media _,
                      Part.ToolCall _,
                      Part.ToolResult _,
                      Part.Refusal _ ->
                      true;
                })
            .toList();
    return new Message(message.role(), kept);
  }

  private boolean dropped(String what) {
    draft.drop(what);
    return false;
  }

  /// Instructions that do not come first are said by the user.
  private static List<Message> inOrder(List<Message> messages) {
    var all = new ArrayList<Message>();
    var begun = false;
    for (var message : messages) {
      begun |= message.role() != Role.SYSTEM;
      all.add(
          begun && message.role() == Role.SYSTEM
              ? new Message(Role.USER, List.of(Part.Text.of(reminder(message.parts()))))
              : message);
    }
    return all;
  }

  private static String reminder(List<Part> parts) {
    return "<system-reminder>\n" + texts(parts, "\n\n") + "\n</system-reminder>";
  }

  private void message(Message message) {
    switch (message.role()) {
      case SYSTEM -> system(message.parts());
      case USER -> user(message.parts());
      case ASSISTANT -> assistant(message.parts());
    }
  }

  private void system(List<Part> said) {
    var role = draft.flavour.is("developer") ? "developer" : "system";
    written.addObject().put("role", role).put(CONTENT, texts(said, "\n\n"));
  }

  /// Results are messages of their own; what a tool showed comes after them, as the user's.
  private void user(List<Part> said) {
    var rest = new ArrayList<Part>();
    for (var part : said) {
      if (part instanceof Part.ToolResult result) {
        result(result);
        result.content().stream().filter(Part.Media.class::isInstance).forEach(rest::add);
      }
    }
    said.stream().filter(part -> !(part instanceof Part.ToolResult)).forEach(rest::add);
    if (!rest.isEmpty()) {
      bridge();
      written.addObject().put("role", "user").set(CONTENT, parts.write(rest));
    }
  }

  /// Where no user may speak right after a tool, the assistant does in between.
  private void bridge() {
    var before = written.path(written.size() - 1).path("role").asString("");
    if (before.equals("tool") && draft.flavour.is("bridge")) {
      written.addObject().put("role", "assistant").put(CONTENT, BRIDGE);
    }
  }

  private void result(Part.ToolResult result) {
    var text =
        result.content().stream()
            .map(part ->
                switch (part) {
                  case Part.Text(var said, _) -> said;
                  case Part.Media shown -> "[" + PartsWriter.kind(shown) + "]";
                  case Part.Refusal(var said) -> said;
                  case Part.ToolCall _,
                      Part.ToolResult _,
                      Part.Thinking _,
                      Part.RedactedThinking _ ->
                      "";
                })
            .filter(said -> !said.isEmpty())
            .collect(Collectors.joining("\n"));
    var told = text.isEmpty() ? NOTHING : text;
    written
        .addObject()
        .put("role", "tool")
        .put("tool_call_id", CallIds.fitting(result.callId(), draft.flavour))
        .put(CONTENT, result.error() ? "Error: " + told : told);
  }

  private void assistant(List<Part> said) {
    var message = written.addObject().put("role", "assistant");
    var calls =
        said.stream()
            .flatMap(part -> part instanceof Part.ToolCall call ? Stream.of(call) : Stream.empty())
            .toList();
    var text = told(said);
    var refusal = draft.flavour.is("refusal") ? refusal(said) : "";
    if (text.isEmpty() && !(calls.isEmpty() && refusal.isEmpty())) {
      message.putNull(CONTENT);
    } else {
      message.put(CONTENT, text);
    }
    if (!refusal.isEmpty()) {
      message.put("refusal", refusal);
    }
    thoughts(said, message);
    if (!calls.isEmpty()) {
      var all = message.putArray("tool_calls");
      calls.forEach(call -> all.add(call(call)));
    }
    if (draft.flavour.is("signatures")) {
      said.forEach(part -> {
        if (part instanceof Part.Text(_, var signature)) {
          Signatures.write(signature, message);
        }
      });
    }
    if (said.stream().anyMatch(Part.Media.class::isInstance)) {
      draft.drop("images");
    }
  }

  /// What the assistant said. What it showed has no place in its own turn and is only noted; a
  /// refusal is text where it has no member.
  private String told(List<Part> said) {
    var apart =
        said.stream().anyMatch(part -> part instanceof Part.Media || part instanceof Part.Refusal);
    return said.stream()
        .map(part ->
            switch (part) {
              case Part.Text(var text, _) -> text;
              case Part.Media shown -> "[" + PartsWriter.kind(shown) + "]";
              case Part.Refusal(var why) -> draft.flavour.is("refusal") ? "" : why;
              case Part.ToolCall _, Part.ToolResult _, Part.Thinking _, Part.RedactedThinking _ ->
                  "";
            })
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(apart ? "\n" : ""));
  }

  private static String refusal(List<Part> said) {
    return said.stream()
        .map(part -> part instanceof Part.Refusal(var why) ? why : "")
        .collect(Collectors.joining());
  }

  /// Where thoughts go back, a turn without any says so: DeepSeek refuses one that is silent.
  private void thoughts(List<Part> said, ObjectNode message) {
    var member = draft.flavour.word("thoughts");
    var text =
        said.stream()
            .map(part -> part instanceof Part.Thinking(var thought, _) ? thought : "")
            .collect(Collectors.joining());
    if (!member.isEmpty()
        && (!text.isEmpty() || draft.flavour.word("reasoning").equals("thinking"))) {
      message.put(member, text);
    }
  }

  private ObjectNode call(Part.ToolCall call) {
    var id = CallIds.fitting(call.id(), draft.flavour);
    var written = call(call, draft.names.of(call.tool()), id);
    if (draft.flavour.is("signatures")) {
      Signatures.write(call.signature(), written);
    }
    return written;
  }

  private ObjectNode call(Part.ToolCall call, String name, String id) {
    if (!call.tool().custom()) {
      return Forms.function(name, id, Forms.whole(call));
    }
    return draft.flavour.is("custom")
        ? Forms.custom(name, id, call.arguments())
        : Forms.function(name, id, Json.text(FreeText.wrapped(call.arguments())));
  }

  private static String texts(List<Part> said, String between) {
    return said.stream()
        .flatMap(part -> part instanceof Part.Text(var text, _) ? Stream.of(text) : Stream.empty())
        .collect(Collectors.joining(between));
  }
}
