package io.onebalance.dialect.history;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Mends conversations that no provider takes: clients cut their history, answer calls in the order
/// of completion or never, and leave empty turns behind. A dialect that leaves out parts (thoughts
/// of others, say) does so before it asks here.
public final class Pairing {
  /// What a call without a result is answered with, as an error.
  public static final String NO_RESULT = "no result provided";

  /// What stands before a result whose call is not in the conversation.
  public static final String NO_CALL = "Result of a tool call that is not in this conversation:";

  private Pairing() {}

  /// The same conversation without empty messages, where each call has exactly one result, in the
  /// order of the calls, at the front of the user's turn that follows at once. A missing result is
  /// an error that says so; one without its call is the user's text. Assistant's messages in a row
  /// are one where calls are in the earlier.
  public static List<Message> paired(List<Message> messages) {
    var given = joined(filled(messages), Pairing::awaitsMore);
    var paired = new ArrayList<Message>();
    var at = 0;
    while (at < given.size()) {
      var end = at + 1;
      if (given.get(at).role() == Role.ASSISTANT) {
        while (end < given.size() && given.get(end).role() != Role.ASSISTANT) {
          end++;
        }
        paired.add(given.get(at));
        paired.addAll(answered(calls(given.get(at)), given.subList(at + 1, end)));
      } else {
        paired.addAll(answered(List.of(), given.subList(at, end)));
      }
      at = end;
    }
    return List.copyOf(paired);
  }

  /// The same conversation where no two neighbours have one role.
  public static List<Message> merged(List<Message> messages) {
    return joined(messages, (before, _, next) -> before == next);
  }

  /// The same conversation without parts that say nothing, and without messages that have no other.
  public static List<Message> filled(List<Message> messages) {
    return messages.stream()
        .map(message ->
            new Message(message.role(), message.parts().stream().filter(Pairing::says).toList()))
        .filter(message -> !message.parts().stream().allMatch(Pairing::isBlank))
        .toList();
  }

  private interface Together {
    /// `calling` is whether there are calls in what was joined before.
    boolean are(Role before, boolean calling, Role next);
  }

  private static List<Message> joined(List<Message> messages, Together together) {
    var joined = new ArrayList<Message>();
    var open = new ArrayList<Part>();
    var calling = false;
    for (var i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      open.addAll(message.parts());
      calling |= message.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
      if (i + 1 == messages.size()
          || !together.are(message.role(), calling, messages.get(i + 1).role())) {
        joined.add(new Message(message.role(), open));
        open.clear();
        calling = false;
      }
    }
    return joined;
  }

  private static boolean awaitsMore(Role before, boolean calling, Role next) {
    return before == Role.ASSISTANT && next == Role.ASSISTANT && calling;
  }

  private static List<Part.ToolCall> calls(Message message) {
    return message.parts().stream()
        .flatMap(part -> part instanceof Part.ToolCall call ? Stream.of(call) : Stream.empty())
        .toList();
  }

  /// What follows the assistant's turn, with the results of its calls in front.
  private static List<Message> answered(List<Part.ToolCall> calls, List<Message> following) {
    var waiting = new HashMap<String, Deque<Part.ToolResult>>();
    following.forEach(message ->
        message
            .parts()
            .forEach(part -> {
              if (part instanceof Part.ToolResult result) {
                waiting.computeIfAbsent(result.callId(), _ -> new ArrayDeque<>()).add(result);
              }
            }));
    Set<Part> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    var results = new ArrayList<Part>();
    for (var call : calls) {
      var found = Optional.ofNullable(waiting.get(call.id())).map(Deque::poll);
      found.ifPresent(taken::add);
      results.add(found.orElseGet(() -> missing(call)));
    }
    var rest = filled(following.stream().map(message -> without(taken, message)).toList());
    return inFront(results, rest);
  }

  private static Part.ToolResult missing(Part.ToolCall call) {
    return new Part.ToolResult(call.id(), List.of(Part.Text.of(NO_RESULT)), true);
  }

  private static List<Message> inFront(List<Part> results, List<Message> rest) {
    if (results.isEmpty()) {
      return rest;
    }
    var all = new ArrayList<>(rest);
    var parts = new ArrayList<>(results);
    if (!rest.isEmpty() && rest.getFirst().role() == Role.USER) {
      parts.addAll(all.removeFirst().parts());
    }
    all.addFirst(new Message(Role.USER, parts));
    return all;
  }

  private static Message without(Set<Part> taken, Message message) {
    var parts =
        message.parts().stream()
            .filter(part -> !taken.contains(part))
            .flatMap(
                part -> part instanceof Part.ToolResult orphan ? told(orphan) : Stream.of(part))
            .toList();
    return new Message(message.role(), parts);
  }

  private static Stream<Part> told(Part.ToolResult orphan) {
    return orphan.content().stream().allMatch(Pairing::isBlank)
        ? Stream.empty()
        : Stream.concat(Stream.of(Part.Text.of(NO_CALL)), orphan.content().stream());
  }

  private static boolean says(Part part) {
    return switch (part) {
      case Part.Text(var text, var signature) -> !text.isEmpty() || signature.isPresent();
      case Part.Thinking(var text, var signature) -> !text.isEmpty() || signature.isPresent();
      case Part.Refusal(var text) -> !text.isEmpty();
      case Part.Media _, Part.ToolCall _, Part.ToolResult _, Part.RedactedThinking _ -> true;
    };
  }

  private static boolean isBlank(Part part) {
    return part instanceof Part.Text(var text, var signature)
        && text.isBlank()
        && signature.isEmpty();
  }
}
