package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.dialect.history.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A conversation as a model of this dialect takes it.
///
/// @param system what stands before it
record Conversation(List<Part> system, List<Message> turns) {
  /// What a user says where nobody said anything: there must be a turn of theirs.
  private static final String NOTHING = ".";

  private static final String GO_ON =
      "Your last message was cut off. Go on exactly where it ends, and repeat nothing of it.";

  static Conversation of(List<Message> messages, Claude model, Set<String> dropped) {
    var leading = (int) messages.stream().takeWhile(m -> m.role() == Role.SYSTEM).count();
    var system = messages.subList(0, leading).stream().flatMap(m -> m.parts().stream());
    var turns =
        messages.subList(leading, messages.size()).stream()
            .map(message -> own(message, dropped))
            .map(message -> model.hearsSystemAnywhere() ? message : heard(message))
            .toList();
    var mended = Pairing.merged(Pairing.paired(turns));
    return new Conversation(
        system.filter(Conversation::isSaid).toList(), opened(closed(mended, model)));
  }

  /// Whether the last answer calls tools and its thought is missing. Older models that think refuse
  /// to go on from there.
  boolean lacksThought() {
    return turns.stream()
        .filter(turn -> turn.role() == Role.ASSISTANT)
        .reduce((_, last) -> last)
        .filter(last -> last.parts().stream().anyMatch(Part.ToolCall.class::isInstance))
        .filter(last -> !isThought(last.parts().getFirst()))
        .isPresent();
  }

  /// Whether the model is to go on with a message of its own.
  boolean isBegun() {
    return turns.getLast().role() == Role.ASSISTANT;
  }

  private static boolean isThought(Part part) {
    return part instanceof Part.Thinking || part instanceof Part.RedactedThinking;
  }

  private static boolean isSaid(Part part) {
    return !(part instanceof Part.Text(var text, _)) || !text.isBlank();
  }

  /// Without the thoughts of others, which nobody here can read, and without blank texts.
  private static Message own(Message message, Set<String> dropped) {
    var parts = new ArrayList<Part>();
    for (var part : message.parts()) {
      var foreign =
          switch (part) {
            case Part.Thinking(_, var signature) ->
                signature.filter(Conversation::isOurs).isEmpty();
            case Part.RedactedThinking(var sealed) -> !isOurs(sealed);
            case Part.Text _, Part.Media _, Part.ToolCall _, Part.ToolResult _, Part.Refusal _ ->
                false;
          };
      if (foreign) {
        dropped.add("thinking");
      } else if (isSaid(part)) {
        parts.add(part);
      }
    }
    return new Message(message.role(), parts);
  }

  private static boolean isOurs(Signature signature) {
    return signature.isOf(Signature.Maker.ANTHROPIC);
  }

  /// A system message in the middle as the user's words, at its place, marked as what it is.
  private static Message heard(Message message) {
    return message.role() == Role.SYSTEM
        ? new Message(Role.USER, message.parts().stream().map(Conversation::reminder).toList())
        : message;
  }

  private static Part reminder(Part part) {
    return part instanceof Part.Text(var text, _)
        ? Part.Text.of("<system-reminder>\n" + text + "\n</system-reminder>")
        : part;
  }

  /// The first turn is the user's.
  private static List<Message> opened(List<Message> turns) {
    return turns.isEmpty() || turns.getFirst().role() == Role.ASSISTANT
        ? Stream.concat(Stream.of(user(NOTHING)), turns.stream()).toList()
        : turns;
  }

  /// The last turn is the user's, except for models that go on with a message of their own.
  private static List<Message> closed(List<Message> turns, Claude model) {
    return turns.isEmpty() || turns.getLast().role() != Role.ASSISTANT || model.continues()
        ? turns
        : Stream.concat(turns.stream(), Stream.of(user(GO_ON))).toList();
  }

  private static Message user(String text) {
    return new Message(Role.USER, List.of(Part.Text.of(text)));
  }
}
