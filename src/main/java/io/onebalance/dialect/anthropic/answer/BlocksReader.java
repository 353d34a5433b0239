package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Citation;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.Places;
import io.onebalance.dialect.anthropic.words.Answers;
import io.onebalance.dialect.anthropic.words.Ids;
import io.onebalance.dialect.anthropic.words.Seals;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the content blocks of an answer. What the provider's own tools did is passed over, as are
/// kinds that are not known. Confined to one thread.
final class BlocksReader {
  /// A call that is not finished; `input` is what its start said already. One without a number is
  /// no call but the answer itself.
  private record Call(Optional<Integer> number, JsonNode input, boolean begun) {
    List<Delta> piece(String json) {
      return List.of(
          number
              .<Delta>map(call -> new Delta.CallPiece(0, call, json))
              .orElseGet(() -> new Delta.Text(0, json)));
    }
  }

  private final Ids ids;
  private final Map<Integer, Call> calls = new HashMap<>();
  private final Places places = new Places();
  private final List<Citation> cited = new ArrayList<>();
  private int begun;
  private int count;

  BlocksReader(String requestId) {
    ids = new Ids(requestId);
  }

  /// Whether a tool was called.
  boolean calls() {
    return count > 0;
  }

  List<Delta> start(int index, JsonNode block) {
    return switch (block.path("type").asString("")) {
      case "text" -> {
        begun = places.characters();
        block.path("citations").forEach(this::cited);
        yield text(block);
      }
      case "thinking" -> thinking(block);
      case "redacted_thinking" -> redacted(block.path("data").asString(""));
      case "tool_use" -> opened(index, block);
      default -> List.of();
    };
  }

  List<Delta> delta(int index, JsonNode delta) {
    return switch (delta.path("type").asString("")) {
      case "text_delta" -> text(delta);
      case "thinking_delta", "signature_delta" -> thinking(delta);
      case "input_json_delta" -> argued(index, delta.path("partial_json").asString(""));
      case "citations_delta" -> {
        cited(delta.path("citation"));
        yield List.of();
      }
      default -> List.of(); // deltas of kinds that are passed over
    };
  }

  /// A call for which nothing came has the input it started with, mostly the empty object; of a
  /// text it is told now where it is from.
  List<Delta> stop(int index) {
    var call = calls.remove(index);
    if (call != null) {
      return call.begun() ? List.of() : call.piece(Json.text(call.input()));
    }
    var pages =
        cited.stream()
            .map(page -> new Citation(page.url(), page.title(), begun, places.characters()))
            .distinct()
            .<Delta>map(page -> new Delta.Cited(0, page))
            .toList();
    cited.clear();
    return pages;
  }

  /// A page supports all of the text of its block, which is not complete yet.
  private void cited(JsonNode citation) {
    var url = citation.path("url").asString("");
    if (!url.isEmpty()) {
      cited.add(new Citation(url, citation.path("title").asString(""), 0, 0));
    }
  }

  private List<Delta> text(JsonNode holder) {
    var text = holder.path("text").asString("");
    places.add(text);
    return text.isEmpty() ? List.of() : List.of(new Delta.Text(0, text));
  }

  private static List<Delta> thinking(JsonNode holder) {
    var deltas = new ArrayList<Delta>();
    var text = holder.path("thinking").asString("");
    if (!text.isEmpty()) {
      deltas.add(new Delta.Thinking(0, text));
    }
    var signature = holder.path("signature").asString("");
    if (!signature.isEmpty()) {
      deltas.add(new Delta.Signed(0, Seals.anthropic(signature)));
    }
    return deltas;
  }

  private static List<Delta> redacted(String data) {
    return data.isEmpty() ? List.of() : List.of(new Delta.Redacted(0, Seals.anthropic(data)));
  }

  private List<Delta> opened(int index, JsonNode block) {
    var input = block.path("input").isObject() ? block.path("input") : Json.object();
    var name = block.path("name").asString("");
    if (name.equals(Answers.TOOL)) {
      calls.put(index, new Call(Optional.empty(), input, false));
      return List.of();
    }
    var number = count++;
    calls.put(index, new Call(Optional.of(number), input, false));
    var id = ids.of(block.path("id").asString(""));
    return List.of(new Delta.CallOpened(0, number, ToolName.of(name), id, Optional.empty()));
  }

  private List<Delta> argued(int index, String piece) {
    var call = calls.get(index);
    if (call == null || piece.isEmpty()) {
      return List.of();
    }
    calls.put(index, new Call(call.number(), call.input(), true));
    return call.piece(piece);
  }
}
