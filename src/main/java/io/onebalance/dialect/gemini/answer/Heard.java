package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.gemini.MediaKinds;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One candidate as far as it was heard. Confined to one thread.
final class Heard {
  private final int choice;
  private final String requestId;
  private final Grounding grounding = new Grounding();
  private int calls;
  private String finish = "";

  Heard(int choice, String requestId) {
    this.choice = choice;
    this.requestId = requestId;
  }

  /// What a further piece of it adds.
  void read(JsonNode candidate, List<Delta> deltas) {
    candidate.path("content").path("parts").forEach(part -> part(part, deltas));
    grounding
        .read(candidate.path("groundingMetadata"))
        .forEach(citation -> deltas.add(new Delta.Cited(choice, citation)));
    if (candidate.path("logprobsResult").isObject()) {
      deltas.add(new Delta.Logprobs(choice, Logprobs.read(candidate.path("logprobsResult"))));
    }
    var reason = candidate.path("finishReason").asString("");
    if (!reason.isEmpty() && !reason.equals("FINISH_REASON_UNSPECIFIED")) {
      finish = reason;
    }
  }

  boolean hasFinished() {
    return !finish.isEmpty();
  }

  Delta finished() {
    return new Delta.Finished(choice, FinishReasons.read(finish, calls > 0), Optional.empty());
  }

  private void part(JsonNode part, List<Delta> deltas) {
    if (part.path("functionCall").isObject()) {
      call(part.path("functionCall"), signature(part), deltas);
    } else if (part.path("inlineData").isObject()) {
      shown(part.path("inlineData"), deltas);
    } else if (part.path("executableCode").isObject()) {
      var language = part.path("executableCode").path("language").asString("");
      fenced(
          language.equals("PYTHON") ? "python" : "",
          part.path("executableCode").path("code"),
          deltas);
    } else if (part.path("codeExecutionResult").isObject()) {
      fenced("", part.path("codeExecutionResult").path("output"), deltas);
    } else {
      text(part, deltas);
    }
  }

  private void text(JsonNode part, List<Delta> deltas) {
    var text = part.path("text").asString("");
    if (!text.isEmpty()) {
      if (part.path("thought").asBoolean(false)) {
        deltas.add(new Delta.Thinking(choice, text));
      } else {
        grounding.said(text);
        deltas.add(new Delta.Text(choice, text));
      }
    }
    signature(part).ifPresent(seal -> deltas.add(new Delta.Signed(choice, seal)));
  }

  private void fenced(String language, JsonNode text, List<Delta> deltas) {
    var said = text.asString("");
    if (!said.isEmpty()) {
      var end = said.endsWith("\n") ? "" : "\n";
      var block = "\n```" + language + "\n" + said + end + "```\n";
      grounding.said(block);
      deltas.add(new Delta.Text(choice, block));
    }
  }

  private void call(JsonNode call, Optional<Signature> signature, List<Delta> deltas) {
    var given = call.path("id").asString("");
    var id = given.isEmpty() ? "call_" + requestId + "_" + choice + "_" + calls : given;
    var name = ToolName.of(call.path("name").asString(""));
    var args = call.path("args").isObject() ? Json.text(call.path("args")) : "{}";
    deltas.add(new Delta.CallOpened(choice, calls, name, id, signature));
    deltas.add(new Delta.CallPiece(choice, calls, args));
    calls++;
  }

  private void shown(JsonNode data, List<Delta> deltas) {
    var type = data.path("mimeType").asString("application/octet-stream");
    var source = new Source.Inline(type, data.path("data").asString(""));
    deltas.add(new Delta.Shown(choice, Part.Media.of(MediaKinds.of(type), source)));
  }

  private static Optional<Signature> signature(JsonNode part) {
    return Optional.of(part.path("thoughtSignature").asString(""))
        .filter(value -> !value.isEmpty())
        .map(value -> new Signature(Signature.Maker.GEMINI, value));
  }
}
