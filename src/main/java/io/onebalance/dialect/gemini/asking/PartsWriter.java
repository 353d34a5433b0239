package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.gemini.Args;
import io.onebalance.dialect.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the parts of a turn. Confined to one thread.
final class PartsWriter {
  /// What Google takes for a signature that is not known.
  private static final String UNKNOWN = "skip_thought_signature_validator";

  private final Addressee to;
  private final ToolNames names;
  private final MediaWriter media;
  private final ResultWriter results;
  private final Map<String, ToolName> called = new HashMap<>();

  PartsWriter(Addressee to, ToolNames names, Dropped dropped) {
    this.to = to;
    this.names = names;
    this.media = new MediaWriter(to, dropped);
    this.results = new ResultWriter(to, media);
  }

  /// Results come first, and what they show right behind them.
  void write(Message message, ObjectNode content) {
    var parts = content.putArray("parts");
    var shown = Json.array();
    results(message).forEach(result -> results.write(result, name(result), parts, shown));
    parts.addAll(shown);
    var unsigned = needsSign(message);
    for (var part : message.parts()) {
      write(part, parts, unsigned);
      unsigned &= !(part instanceof Part.ToolCall);
    }
  }

  private static Stream<Part.ToolResult> results(Message message) {
    return message.parts().stream()
        .flatMap(
            part -> part instanceof Part.ToolResult result ? Stream.of(result) : Stream.empty());
  }

  /// Whether the first call of this turn needs to be told apart from one whose signature was lost.
  private boolean needsSign(Message message) {
    return to.model().checksSignatures()
        && message.parts().stream()
            .flatMap(part -> part instanceof Part.ToolCall call ? Stream.of(call) : Stream.empty())
            .limit(1)
            .anyMatch(call -> own(call.signature()).isEmpty());
  }

  private void write(Part part, ArrayNode parts, boolean unsigned) {
    switch (part) {
      case Part.Text(var text, var signature) ->
          sign(parts.addObject().put("text", text), own(signature));
      case Part.Thinking thinking -> thinking(thinking, parts);
      case Part.Refusal(var text) -> parts.addObject().put("text", text);
      case Part.Media shown -> parts.add(media.part(shown));
      case Part.ToolCall call ->
          sign(
              call(call, parts),
              own(call.signature()).or(() -> unsigned ? Optional.of(UNKNOWN) : Optional.empty()));
      case Part.ToolResult _ -> {
        // Written before all others.
      }
      case Part.RedactedThinking _ -> {
        // Only its maker can read it, and that is never Gemini.
      }
    }
  }

  private void thinking(Part.Thinking thinking, ArrayNode parts) {
    var seal = own(thinking.signature());
    if (seal.isEmpty()) {
      return;
    }
    var part = parts.addObject().put("text", thinking.text());
    if (!thinking.text().isEmpty()) {
      part.put("thought", true);
    }
    sign(part, seal);
  }

  private ObjectNode call(Part.ToolCall call, ArrayNode parts) {
    called.put(call.id(), call.tool());
    var part = parts.addObject();
    var written = part.putObject("functionCall");
    if (!to.vertex()) {
      written.put("id", call.id());
    }
    written.put("name", names.of(call.tool()));
    written.set(
        "args",
        call.tool().custom() ? FreeText.wrapped(call.arguments()) : Args.object(call.arguments()));
    return part;
  }

  private String name(Part.ToolResult result) {
    return names.of(called.getOrDefault(result.callId(), ToolName.of("unknown")));
  }

  private Optional<String> own(Optional<Signature> signature) {
    return signature.filter(seal -> seal.isOf(Maker.GEMINI)).map(Signature::value);
  }

  private static void sign(ObjectNode part, Optional<String> signature) {
    signature.ifPresent(value -> part.put("thoughtSignature", value));
  }
}
