package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.gemini.Args;
import io.onebalance.dialect.gemini.Seals;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Parts of an answer as clients read them. Thoughts are told to who asked for them.
final class PartForm {
  private final boolean thoughts;

  PartForm(Envelope envelope) {
    thoughts = envelope.request().reasoning().shown().orElse(false);
  }

  boolean showsThoughts() {
    return thoughts;
  }

  void write(Part part, ArrayNode parts) {
    switch (part) {
      case Part.Text(var text, var signature) -> sign(parts.add(text(text)), signature);
      case Part.Thinking(var text, var signature) -> {
        if (thoughts) {
          sign(parts.add(thought(text)), signature);
        }
      }
      case Part.Refusal(var text) -> parts.add(text(text));
      case Part.ToolCall(var tool, var id, var arguments, var signature) ->
          sign(parts.add(call(tool, id, arguments)), signature);
      case Part.Media media -> media(media).ifPresent(parts::add);
      case Part.RedactedThinking _, Part.ToolResult _ -> {
        // Nothing that a client of Gemini could read.
      }
    }
  }

  static ObjectNode text(String text) {
    return Json.object().put("text", text);
  }

  static ObjectNode thought(String text) {
    return text(text).put("thought", true);
  }

  static ObjectNode call(ToolName tool, String id, String arguments) {
    var part = Json.object();
    part.putObject("functionCall")
        .put("id", id)
        .put("name", tool.flat())
        .set("args", Args.object(arguments));
    return part;
  }

  /// Empty for a file that lies at another provider.
  static Optional<ObjectNode> media(Part.Media media) {
    var part = Json.object();
    switch (media.source()) {
      case Source.Inline(var type, var data) ->
          part.putObject("inlineData").put("mimeType", type).put("data", data);
      case Source.Link(var url, var type) -> {
        var file = part.putObject("fileData").put("fileUri", url);
        type.ifPresent(known -> file.put("mimeType", known));
      }
      case Source.Uploaded _ -> {}
    }
    return part.isEmpty() ? Optional.empty() : Optional.of(part);
  }

  static ObjectNode signed(ObjectNode part, Signature signature) {
    return part.put("thoughtSignature", Seals.written(signature));
  }

  private static void sign(ArrayNode parts, Optional<Signature> signature) {
    signature.ifPresent(seal -> signed((ObjectNode) parts.get(parts.size() - 1), seal));
  }
}
