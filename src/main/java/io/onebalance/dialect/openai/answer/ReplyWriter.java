package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Part.Kind;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.words.Forms;
import io.onebalance.dialect.openai.words.Signatures;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a whole answer.
public final class ReplyWriter {
  private ReplyWriter() {}

  public static JsonNode write(Reply reply, Envelope envelope) {
    var form = Form.of(envelope);
    var written = form.head("chat.completion");
    var choices = written.putArray("choices");
    for (var i = 0; i < reply.choices().size(); i++) {
      choices.add(choice(i, reply.choices().get(i), form));
    }
    reply.usage().ifPresent(usage -> written.set("usage", UsageForm.write(usage)));
    return written;
  }

  private static ObjectNode choice(int index, Reply.Choice choice, Form form) {
    var written = Json.object().put("index", index);
    var message = message(choice.parts(), form);
    Citations.write(choice.citations(), message);
    written.set("message", message);
    choice
        .logprobs()
        .ifPresentOrElse(
            tokens -> written.set("logprobs", Form.logprobs(tokens)),
            () -> written.putNull("logprobs"));
    var refused = choice.parts().stream().anyMatch(Part.Refusal.class::isInstance);
    var reason = FinishReasons.write(choice.reason(), choice.calls(), refused);
    return written.put("finish_reason", form.ended(reason));
  }

  private static ObjectNode message(List<Part> parts, Form form) {
    var message = Json.object().put("role", "assistant");
    var text = joined(parts, part -> part instanceof Part.Text(var said, _) ? said : "");
    var refusal = joined(parts, part -> part instanceof Part.Refusal(var said) ? said : "");
    var calls = of(parts, Part.ToolCall.class);
    if (text.isEmpty() && (!calls.isEmpty() || !refusal.isEmpty())) {
      message.putNull("content");
    } else {
      message.put("content", text);
    }
    message.put("refusal", refusal.isEmpty() ? null : refusal);
    var thoughts = joined(parts, part -> part instanceof Part.Thinking(var said, _) ? said : "");
    if (!thoughts.isEmpty()) {
      message.put("reasoning_content", thoughts);
    }
    calls(calls, message, form);
    media(of(parts, Part.Media.class), message, form);
    Signatures.write(seal(parts), message);
    return message;
  }

  private static void calls(List<Part.ToolCall> calls, ObjectNode message, Form form) {
    if (calls.isEmpty()) {
      return;
    }
    if (form.legacy()) {
      var call = calls.getFirst();
      message
          .putObject("function_call")
          .put("name", call.tool().flat())
          .put("arguments", Forms.whole(call));
      return;
    }
    var all = message.putArray("tool_calls");
    for (var call : calls) {
      var written = Forms.call(call.tool(), call.id(), Forms.whole(call));
      Signatures.write(call.signature(), written);
      all.add(written);
    }
  }

  /// What is said aloud is told there and not once more as text.
  private static void media(List<Part.Media> media, ObjectNode message, Form form) {
    var images = media.stream().filter(shown -> shown.kind() == Kind.IMAGE).toList();
    if (!images.isEmpty()) {
      var all = message.putArray("images");
      images.forEach(image -> all.add(Forms.image(image)));
    }
    media.stream()
        .filter(shown -> shown.kind() == Kind.AUDIO)
        .flatMap(shown ->
            shown.source() instanceof Source.Inline inline ? Stream.of(inline) : Stream.empty())
        .findFirst()
        .ifPresent(audio -> {
          message.set("audio", form.audio(audio, message.path("content").asString("")));
          message.putNull("content");
        });
  }

  /// Gemini seals a text, or an empty one at the end, which a stream tells as an empty thought.
  private static Optional<Signature> seal(List<Part> parts) {
    return parts.stream()
        .flatMap(part ->
            switch (part) {
              case Part.Text(_, var signature) -> signature.stream();
              case Part.Thinking(_, var signature) -> signature.stream();
              case Part.Media _,
                  Part.ToolCall _,
                  Part.ToolResult _,
                  Part.RedactedThinking _,
                  Part.Refusal _ ->
                  Stream.<Signature>empty();
            })
        .filter(signature -> signature.isOf(Signature.Maker.GEMINI))
        .reduce((_, last) -> last);
  }

  private static String joined(List<Part> parts, Function<Part, String> text) {
    return parts.stream().map(text).collect(Collectors.joining());
  }

  private static <P extends Part> List<P> of(List<Part> parts, Class<P> kind) {
    return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
