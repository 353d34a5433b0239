package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Citation;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads the items of a provider's answer, and why it ended. Confined to one thread.
final class ItemReader {
  private final String requestId;
  private int calls;
  private boolean refused;

  ItemReader(String requestId) {
    this.requestId = requestId;
  }

  /// All that an item says. Items that only the provider's own tools make say nothing.
  List<Delta> whole(JsonNode item) {
    return switch (item.path("type").asString("")) {
      case "message" -> message(item.path("content"));
      case "reasoning" -> thought(item);
      case "function_call", "custom_tool_call" -> {
        var opened = opened(item);
        yield List.of(opened, new Delta.CallPiece(0, opened.call(), arguments(item)));
      }
      case "image_generation_call" -> image(item);
      default -> List.of(); // an open set: web_search_call, mcp_call and what is still to come
    };
  }

  /// A call as it begins.
  Delta.CallOpened opened(JsonNode item) {
    var custom = item.path("type").asString("").equals("custom_tool_call");
    var space = Optional.of(item.path("namespace").asString("")).filter(name -> !name.isEmpty());
    var name = new ToolName(item.path("name").asString(""), space, custom);
    var call = calls++;
    var given = item.path("call_id").asString("");
    var id = given.isEmpty() ? "call_" + requestId + "_" + call : given;
    return new Delta.CallOpened(0, call, name, id, Optional.empty());
  }

  static boolean isCall(JsonNode item) {
    var type = item.path("type").asString("");
    return type.equals("function_call") || type.equals("custom_tool_call");
  }

  static String arguments(JsonNode item) {
    return item.path("arguments").asString(item.path("input").asString(""));
  }

  Delta refused(String text) {
    refused = true;
    return new Delta.Refused(0, text);
  }

  /// What a reasoning item ends with: what OpenAI wants back. It seals the thought of this item,
  /// also an empty one, and never a text before it.
  static List<Delta> sealOf(JsonNode item) {
    var encrypted = item.path("encrypted_content").asString("");
    return encrypted.isEmpty()
        ? List.of()
        : List.of(
            new Delta.Thinking(0, ""),
            new Delta.Signed(0, new Signature(Signature.Maker.OPENAI, encrypted)));
  }

  /// How a whole answer ended; calls that were seen count for more than what it says.
  Delta.Finished finished(JsonNode response) {
    return new Delta.Finished(0, reason(response), Optional.empty());
  }

  private FinishReason reason(JsonNode response) {
    var cut = response.path("incomplete_details").path("reason").asString("");
    if (cut.equals("content_filter")) {
      return FinishReason.REFUSED;
    }
    if (!cut.isEmpty() || response.path("status").asString("").equals("incomplete")) {
      return FinishReason.LENGTH;
    }
    if (calls > 0) {
      return FinishReason.TOOL_CALLS;
    }
    return refused ? FinishReason.REFUSED : FinishReason.STOP;
  }

  private List<Delta> message(JsonNode content) {
    var deltas = new ArrayList<Delta>();
    for (var part : content) {
      switch (part.path("type").asString("")) {
        case "output_text" -> {
          deltas.add(new Delta.Text(0, part.path("text").asString("")));
          logprobs(part).ifPresent(deltas::add);
          part.path("annotations").forEach(one -> citation(one).ifPresent(deltas::add));
        }
        case "refusal" -> deltas.add(refused(part.path("refusal").asString("")));
        default -> {
          // An open set.
        }
      }
    }
    return deltas;
  }

  /// Empty for annotations of other kinds.
  static Optional<Delta> citation(JsonNode annotation) {
    var url = annotation.path("url").asString("");
    var start = Math.max(0, annotation.path("start_index").asInt(0));
    var end = Math.max(start, annotation.path("end_index").asInt(0));
    return url.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Delta.Cited(
                0, new Citation(url, annotation.path("title").asString(""), start, end)));
  }

  static Optional<Delta> logprobs(JsonNode from) {
    return Optional.of(from.path("logprobs"))
        .filter(tokens -> tokens.isArray() && !tokens.isEmpty())
        .map(tokens -> new Delta.Logprobs(0, tokens));
  }

  /// What was thought, as far as it is shown: itself with open models, else its summary.
  private static List<Delta> thought(JsonNode item) {
    var text = texts(item.path("content"));
    var deltas = new ArrayList<Delta>();
    var shown = text.isEmpty() ? texts(item.path("summary")) : text;
    if (!shown.isEmpty()) {
      deltas.add(new Delta.Thinking(0, shown));
    }
    deltas.addAll(sealOf(item));
    return deltas;
  }

  private static String texts(JsonNode parts) {
    return parts.values().stream()
        .map(part -> part.path("text").asString(""))
        .collect(Collectors.joining("\n\n"));
  }

  private static List<Delta> image(JsonNode item) {
    var data = item.path("result").asString("");
    var format = item.path("output_format").asString("png");
    var source = new Source.Inline("image/" + format, data);
    return data.isEmpty()
        ? List.of()
        : List.of(new Delta.Shown(0, Part.Media.of(Part.Kind.IMAGE, source)));
  }
}
