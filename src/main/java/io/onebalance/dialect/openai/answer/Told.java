package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What of one choice was told to the client.
final class Told {
  /// Whether each call takes free text, and whether some of its arguments were told.
  private final TreeMap<Integer, Call> calls = new TreeMap<>();

  private FinishReason reason = FinishReason.LENGTH;
  private boolean begun;
  private boolean refused;

  private record Call(boolean custom, boolean argued) {}

  /// Whether this is the first that is told of it.
  boolean begins() {
    var first = !begun;
    begun = true;
    return first;
  }

  void refused() {
    refused = true;
  }

  void finished(FinishReason why) {
    reason = why;
  }

  void opened(Delta.CallOpened call) {
    calls.put(call.call(), new Call(call.tool().custom(), false));
  }

  /// More of the arguments of a call; nothing where it never opened.
  Optional<ObjectNode> piece(int call, String text, Form form) {
    var known = calls.get(call);
    if (known == null || (form.legacy() && call > 0)) {
      return Optional.empty();
    }
    calls.put(call, new Call(known.custom(), true));
    return Optional.of(arguments(call, known.custom(), text, form));
  }

  /// The arguments of the calls that had none to the end: an empty object.
  List<ObjectNode> silent(Form form) {
    return calls.entrySet().stream()
        .filter(call -> !call.getValue().argued() && !call.getValue().custom())
        .filter(call -> !form.legacy() || call.getKey() == 0)
        .map(call -> arguments(call.getKey(), false, "{}", form))
        .toList();
  }

  String reason() {
    return FinishReasons.write(reason, !calls.isEmpty(), refused);
  }

  private static ObjectNode arguments(int call, boolean custom, String text, Form form) {
    var delta = Json.object();
    if (form.legacy()) {
      delta.putObject("function_call").put("arguments", text);
      return delta;
    }
    var piece = Json.object().put("index", call);
    if (custom) {
      piece.putObject("custom").put("input", text);
    } else {
      piece.putObject("function").put("arguments", text);
    }
    delta.putArray("tool_calls").add(piece);
    return delta;
  }
}
