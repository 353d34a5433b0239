package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.anthropic.words.Arguments;
import io.onebalance.dialect.anthropic.words.Words;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Writes a whole answer: as the stream of the same would be, put together.
public final class AnswerWriter {
  private AnswerWriter() {}

  public static ObjectNode write(Reply reply, Envelope envelope) {
    var page = new WholePage();
    var blocks = new Blocks(page, envelope.request(), envelope.requestId());
    if (!reply.choices().isEmpty()) {
      deltas(reply.choices().getFirst()).forEach(blocks::add);
    }
    var ending = blocks.end();
    var message = message(envelope);
    message.set("content", page.content());
    message.setAll(ending);
    message.set("usage", Words.usage(reply.usage().orElse(Usage.NONE)));
    return message;
  }

  /// A message without content, as a stream begins with it.
  static ObjectNode message(Envelope envelope) {
    var message =
        Json.object()
            .put("id", "msg_" + envelope.requestId())
            .put("type", "message")
            .put("role", "assistant")
            .put("model", envelope.request().model());
    message.putArray("content");
    return message.putNull("stop_reason").putNull("stop_sequence");
  }

  private static List<Delta> deltas(Reply.Choice choice) {
    var deltas = new ArrayList<Delta>();
    for (var part : choice.parts()) {
      switch (part) {
        case Part.Text(var text, var signature) -> {
          deltas.add(new Delta.Text(0, text));
          signature.ifPresent(seal -> deltas.add(new Delta.Signed(0, seal)));
        }
        case Part.Thinking(var text, var signature) -> {
          deltas.add(new Delta.Thinking(0, text));
          signature.ifPresent(seal -> deltas.add(new Delta.Signed(0, seal)));
        }
        case Part.RedactedThinking(var sealed) -> deltas.add(new Delta.Redacted(0, sealed));
        case Part.ToolCall call -> {
          var number = deltas.size(); // any that is not taken
          deltas.add(new Delta.CallOpened(0, number, call.tool(), call.id(), call.signature()));
          deltas.add(new Delta.CallPiece(0, number, written(call.arguments())));
        }
        case Part.Media media -> deltas.add(new Delta.Shown(0, media));
        case Part.Refusal(var text) -> deltas.add(new Delta.Refused(0, text));
        case Part.ToolResult _ -> {
          // no answer has one
        }
      }
    }
    deltas.add(new Delta.Finished(0, choice.reason(), choice.stop()));
    return deltas;
  }

  /// A whole call is mended before it is told, so that it is never taken for one that goes on.
  private static String written(String arguments) {
    return Json.text(Arguments.object(arguments).orElseGet(Json::object));
  }
}
