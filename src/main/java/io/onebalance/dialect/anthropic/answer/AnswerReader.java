package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.anthropic.words.Words;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads an answer, event by event or whole. Confined to one thread.
public final class AnswerReader implements StreamReader {
  private final BlocksReader blocks;
  private final UsageReader usage = new UsageReader();
  private FinishReason reason = FinishReason.STOP;
  private Optional<String> stop = Optional.empty();
  private boolean over;

  public AnswerReader(String requestId) {
    blocks = new BlocksReader(requestId);
  }

  /// A whole answer, as the stream of the same would be gathered.
  public static Reply read(JsonNode body, String requestId) {
    if (!body.path("content").isArray() && !body.has("stop_reason")) {
      throw new UnreadableAnswer("the answer is no message");
    }
    var reader = new AnswerReader(requestId);
    var gathering = new Gathering();
    var number = 0;
    for (var block : body.path("content").values()) {
      reader.blocks.start(number, block).forEach(gathering::add);
      reader.blocks.stop(number++).forEach(gathering::add);
    }
    reader.ended(body, body.path("usage"));
    reader.finished().forEach(gathering::add);
    return gathering.reply();
  }

  @Override
  public List<Delta> read(Event event) {
    if (over) {
      return List.of();
    }
    if (!event.whole()) {
      return failed("an event of the answer is too long");
    }
    var text = event.text();
    if (text.strip().equals("[DONE]")) {
      return List.of(); // some that speak like Anthropic end like OpenAI as well
    }
    return Json.read(text)
        .map(data -> read(data.path("type").asString(event.type()), data))
        .orElseGet(() -> failed("an event of the answer is no JSON"));
  }

  private List<Delta> read(String type, JsonNode data) {
    return switch (type) {
      case "message_start" -> started(data.path("message").path("usage"));
      case "content_block_start" -> blocks.start(index(data), data.path("content_block"));
      case "content_block_delta" -> blocks.delta(index(data), data.path("delta"));
      case "content_block_stop" -> blocks.stop(index(data));
      case "message_delta" -> {
        ended(data.path("delta"), data.path("usage"));
        yield List.of();
      }
      case "message_stop" -> finished();
      case "error" -> broken(data.path("error"));
      default -> List.of(); // pings, and events that are new
    };
  }

  @Override
  public List<Delta> end() {
    return over ? List.of() : failed("the answer ended before it was complete");
  }

  private static int index(JsonNode data) {
    return data.path("index").asInt(0);
  }

  private List<Delta> started(JsonNode told) {
    return usage.read(told) ? List.of(new Delta.Used(usage.usage())) : List.of();
  }

  private void ended(JsonNode ending, JsonNode told) {
    usage.read(told);
    var why = ending.path("stop_reason").asString("");
    if (!why.isEmpty()) {
      reason = Words.reason(why);
      stop = Optional.of(ending.path("stop_sequence").asString("")).filter(at -> !at.isEmpty());
    }
  }

  private List<Delta> finished() {
    over = true;
    var finished = new Delta.Finished(0, Words.mended(reason, blocks.calls()), stop);
    return usage.told() ? List.of(finished, new Delta.Used(usage.usage())) : List.of(finished);
  }

  private List<Delta> broken(JsonNode error) {
    over = true;
    var type = error.path("type").asString("");
    return List.of(new Delta.Failed(Words.failure(type, error.path("message").asString(""))));
  }

  private List<Delta> failed(String why) {
    over = true;
    return List.of(new Delta.Failed(new Failure(Failure.Kind.BROKEN, why)));
  }
}
