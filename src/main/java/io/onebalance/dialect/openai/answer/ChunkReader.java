package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import io.onebalance.sse.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a stream of chunks. How a choice ended is told when the stream has: some providers say
/// `stop` first and go on, and what came decides whether the word is right.
public final class ChunkReader implements StreamReader {
  private final String requestId;
  private final TreeMap<Integer, Heard> choices = new TreeMap<>();
  private @Nullable Usage usage;
  private @Nullable Failure broken;
  private boolean over;

  public ChunkReader(String requestId) {
    this.requestId = requestId;
  }

  @Override
  public List<Delta> read(Event event) {
    if (over || event.isPing()) {
      return List.of();
    }
    var text = event.text().strip();
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.equals("[DONE]")) {
      return done();
    }
    var chunk = event.whole() ? Json.read(text) : Optional.<JsonNode>empty();
    return chunk
        .filter(JsonNode::isObject)
        .map(this::chunk)
        .orElseGet(() -> failed("an event of the answer cannot be read"));
  }

  @Override
  public List<Delta> end() {
    if (over) {
      return List.of();
    }
    var complete = !choices.isEmpty() && choices.values().stream().allMatch(Heard::hasEnded);
    return complete ? done() : failed("the answer ended before it was complete");
  }

  private List<Delta> chunk(JsonNode told) {
    var failure = Errors.in(told);
    if (failure.isPresent()) {
      over = true;
      return List.of(new Delta.Failed(failure.get()));
    }
    var deltas = new ArrayList<Delta>();
    try {
      var chunk = Members.of(told, "");
      for (var choice : chunk.objects("choices")) {
        choice(choice, deltas);
      }
      used(told, deltas);
      if (broken != null) {
        deltas.add(new Delta.Failed(broken));
      }
    } catch (BadRequest odd) {
      deltas.addAll(failed("an event of the answer cannot be read: " + odd.where()));
    }
    return deltas;
  }

  private void choice(Members choice, List<Delta> deltas) {
    if (over) {
      return;
    }
    var word = choice.text("finish_reason").orElse("");
    if (FinishReasons.isBroken(word)) {
      over = true;
      broken = Errors.broken(word); // told behind the tokens that this chunk counts
      return;
    }
    var index = choice.integer("index").orElse(0);
    var prefix = "call_" + requestId + "_" + index;
    var heard = choices.computeIfAbsent(index, at -> new Heard(at, prefix));
    choice.object("delta").ifPresent(delta -> heard.delta(delta, deltas));
    var tokens = choice.written().path("logprobs").path("content");
    if (tokens.isArray() && !tokens.isEmpty()) {
      deltas.add(new Delta.Logprobs(index, tokens));
    }
    if (!word.isEmpty()) {
      heard.ended(word);
    }
  }

  /// At the end, or with every chunk; Groq and Kimi have places of their own.
  private void used(JsonNode chunk, List<Delta> deltas) {
    for (var place :
        List.of(
            chunk.path("usage"),
            chunk.path("x_groq").path("usage"),
            chunk.path("choices").path(0).path("usage"))) {
      var read = UsageForm.read(place);
      if (read.isPresent()) {
        if (!read.get().equals(usage)) {
          usage = read.get();
          deltas.add(new Delta.Used(usage));
        }
        return;
      }
    }
  }

  private List<Delta> done() {
    if (choices.isEmpty()) {
      return failed("the answer ended before it began");
    }
    over = true;
    return choices.values().stream().<Delta>map(Heard::finished).toList();
  }

  private List<Delta> failed(String why) {
    over = true;
    return List.of(new Delta.Failed(new Failure(Failure.Kind.BROKEN, why)));
  }
}
