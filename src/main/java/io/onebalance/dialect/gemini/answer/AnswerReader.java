package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Reads answers. A whole one is a stream of one piece, so that both mean the same. Confined to one
/// thread.
public final class AnswerReader implements StreamReader {
  private static final int MOST_CHOICES = 128;

  private final String requestId;
  private final TreeMap<Integer, Heard> choices = new TreeMap<>();
  private Optional<Usage> usage = Optional.empty();
  private boolean blocked;
  private boolean failed;

  public AnswerReader(String requestId) {
    this.requestId = requestId;
  }

  /// A whole answer; what was to be a stream may come as an array of its pieces. One without any
  /// candidate is a choice without parts.
  public static Reply whole(JsonNode body, String requestId) {
    var reader = new AnswerReader(requestId);
    var gathering = new Gathering();
    var pieces = body.isArray() ? body : Json.array().add(body);
    for (var piece : pieces) {
      if (!piece.isObject()) {
        throw new UnreadableAnswer("the answer is no JSON object");
      }
      reader.piece(piece).forEach(gathering::add);
    }
    if (reader.choices.isEmpty() && !reader.blocked) {
      reader.heard(0);
    }
    reader.finished().forEach(gathering::add);
    if (gathering.failure().isPresent()) {
      throw new UnreadableAnswer("the answer is an error");
    }
    return gathering.reply();
  }

  @Override
  public List<Delta> read(Event event) {
    var text = event.text().strip();
    if (failed || text.isEmpty() || text.equals("[DONE]")) {
      return List.of();
    }
    var read = event.whole() ? Json.read(text) : Optional.<JsonNode>empty();
    var piece = read.map(node -> node.isArray() ? node.path(0) : node).filter(JsonNode::isObject);
    return piece.map(this::piece).orElseGet(() -> broken("The provider's answer cannot be read."));
  }

  @Override
  public List<Delta> end() {
    if (failed) {
      return List.of();
    }
    var complete =
        blocked || (!choices.isEmpty() && choices.values().stream().allMatch(Heard::hasFinished));
    return complete ? finished() : broken("The provider's answer ended before it was complete.");
  }

  private List<Delta> piece(JsonNode piece) {
    if (piece.path("error").isObject()) {
      failed = true;
      return List.of(new Delta.Failed(Failures.read(piece.path("error"))));
    }
    var deltas = new ArrayList<Delta>();
    used(piece.path("usageMetadata"), deltas);
    for (var candidate : piece.path("candidates")) {
      var index = Math.clamp(candidate.path("index").asInt(0), 0, MOST_CHOICES);
      heard(index).read(candidate, deltas);
    }
    // Google answers nothing at all to what it does not want to have been asked.
    blocked |= !piece.path("promptFeedback").path("blockReason").asString("").isEmpty();
    return deltas;
  }

  private Heard heard(int index) {
    return choices.computeIfAbsent(index, _ -> new Heard(index, requestId));
  }

  private void used(JsonNode told, List<Delta> deltas) {
    var now = told.isObject() ? Optional.of(UsageForm.read(told)) : usage;
    if (!now.equals(usage)) {
      usage = now;
      now.map(Delta.Used::new).ifPresent(deltas::add);
    }
  }

  private List<Delta> finished() {
    if (blocked && choices.isEmpty()) {
      return List.of(new Delta.Finished(0, FinishReason.REFUSED, Optional.empty()));
    }
    return choices.values().stream().map(Heard::finished).toList();
  }

  private List<Delta> broken(String message) {
    failed = true;
    return List.of(new Delta.Failed(new Failure(Failure.Kind.BROKEN, message)));
  }
}
