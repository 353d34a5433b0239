package io.onebalance.dialect.gemini.asking;

import static java.util.function.Predicate.not;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.dialect.history.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Writes the messages: `systemInstruction` and `contents`, which begin with the user and change
/// turns at every step.
final class ContentsWriter {
  /// What the user says where the conversation does not begin with a turn of the user.
  private static final String BEGIN = ".";

  /// What the user says where the model does not go on with a turn of its own.
  private static final String GO_ON = "Continue.";

  private final Addressee to;
  private final PartsWriter parts;

  ContentsWriter(Addressee to, ToolNames names, Dropped dropped) {
    this.to = to;
    this.parts = new PartsWriter(to, names, dropped);
  }

  /// `further` is text that belongs to the system's messages.
  void write(List<Message> messages, List<String> further, ObjectNode body) {
    var known = Pairing.filled(messages.stream().map(ContentsWriter::known).toList());
    var leading = known.stream().takeWhile(ContentsWriter::isSystem).toList();
    var system =
        Stream.concat(
                leading.stream().flatMap(message -> message.parts().stream()),
                further.stream().map(Part.Text::of))
            .toList();
    var spoken = new ArrayList<Message>();
    if (to.model().isGemma()) {
      spoken.add(new Message(Role.USER, system));
    } else if (!system.isEmpty()) {
      parts.write(new Message(Role.SYSTEM, system), body.putObject("systemInstruction"));
    }
    known.stream().skip(leading.size()).map(ContentsWriter::reminder).forEach(spoken::add);
    var contents = body.putArray("contents");
    for (var message : bounded(Pairing.merged(Pairing.paired(spoken)))) {
      var role = message.role() == Role.ASSISTANT ? "model" : "user";
      parts.write(message, contents.addObject().put("role", role));
    }
  }

  private List<Message> bounded(List<Message> turns) {
    var bounded = new ArrayList<>(turns);
    if (turns.isEmpty() || turns.getFirst().role() == Role.ASSISTANT) {
      bounded.addFirst(user(Part.Text.of(BEGIN)));
    }
    if (bounded.getLast().role() == Role.ASSISTANT && to.model().refusesPrefill()) {
      bounded.add(user(Part.Text.of(GO_ON)));
    }
    return bounded;
  }

  /// Thoughts go back to their maker alone.
  private static Message known(Message message) {
    return new Message(
        message.role(), message.parts().stream().filter(not(ContentsWriter::isForeign)).toList());
  }

  private static boolean isForeign(Part part) {
    return switch (part) {
      case Part.Thinking(_, var signature) ->
          signature.filter(seal -> seal.isOf(Maker.GEMINI)).isEmpty();
      case Part.RedactedThinking _ -> true;
      case Part.Text _, Part.Media _, Part.ToolCall _, Part.ToolResult _, Part.Refusal _ -> false;
    };
  }

  private static boolean isSystem(Message message) {
    return message.role() == Role.SYSTEM;
  }

  /// Later words of the system keep their place, as the user's.
  private static Message reminder(Message message) {
    if (!isSystem(message)) {
      return message;
    }
    return new Message(Role.USER, message.parts().stream().map(ContentsWriter::reminder).toList());
  }

  private static Part reminder(Part part) {
    return part instanceof Part.Text(var text, _)
        ? Part.Text.of("<system-reminder>" + text + "</system-reminder>")
        : part;
  }

  private static Message user(Part part) {
    return new Message(Role.USER, List.of(part));
  }
}
