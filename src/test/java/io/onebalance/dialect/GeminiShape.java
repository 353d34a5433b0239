package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.dialect.Trees.CallIds;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gemini `generateContent`. The model and the wish for a stream stand in the path, not here. Texts
/// of an answer in a row are one, as pieces of a stream are.
final class GeminiShape implements Shape {
  private static final Set<String> OPAQUE =
      Set.of(
          "args",
          "response",
          "parameters",
          "parametersJsonSchema",
          "responseSchema",
          "responseJsonSchema");

  @Override
  public JsonNode request(JsonNode body) {
    var request = (ObjectNode) Trees.pruned(body, OPAQUE);
    request.remove(List.of("model", "stream"));
    Trees.dropIf(request.path("systemInstruction"), "role", _ -> true);
    var asked = request.path("generationConfig");
    Trees.dropIf(asked, "candidateCount", node -> node.asInt(0) == 1);
    Trees.dropIf(asked.path("thinkingConfig"), "includeThoughts", node -> !node.asBoolean(true));
    Trees.dropIf(asked, "thinkingConfig", Trees::isEmpty);
    Trees.dropIf(request, "generationConfig", Trees::isEmpty);
    var calling = request.path("toolConfig").path("functionCallingConfig");
    Trees.dropIf(calling, "mode", Trees.says("AUTO"));
    Trees.dropIf(request.path("toolConfig"), "functionCallingConfig", Trees::isEmpty);
    Trees.dropIf(request, "toolConfig", Trees::isEmpty);
    Trees.objects(request, "tools").stream()
        .flatMap(tool -> Trees.objects(tool, "functionDeclarations").stream())
        .forEach(function -> Trees.dropIf(function, "description", Trees::isEmpty));
    var ids = new CallIds();
    Trees.objects(request, "contents").forEach(content -> parts(content, ids));
    return request;
  }

  private static void parts(JsonNode content, CallIds ids) {
    for (var part : Trees.objects(content, "parts")) {
      if (part.path("functionCall") instanceof ObjectNode call) {
        ids.rename(call, "id");
      }
      if (part.path("functionResponse") instanceof ObjectNode result) {
        ids.rename(result, "id");
      }
      // The breaks around a reminder's tags are the writer's choice.
      if (part.path("text").isString()) {
        part.put(
            "text",
            part.get("text")
                .stringValue()
                .replace("<system-reminder>\n", "<system-reminder>")
                .replace("\n</system-reminder>", "</system-reminder>"));
      }
    }
  }

  @Override
  public JsonNode answer(JsonNode body) {
    var told = (ObjectNode) Trees.pruned(body, OPAQUE);
    told.retain(Set.of("candidates", "promptFeedback", "usageMetadata", "error"));
    told.set("usageMetadata", Trees.counts(told.path("usageMetadata")));
    for (var candidate : Trees.objects(told, "candidates")) {
      candidate.remove(List.of("index", "safetyRatings"));
      Trees.dropIf(candidate.path("content"), "role", _ -> true);
      if (candidate.path("content") instanceof ObjectNode content) {
        joined(content);
        Trees.dropIf(content, "parts", Trees::isEmpty);
        parts(content, new CallIds());
      }
      Trees.dropIf(candidate, "content", Trees::isEmpty);
    }
    return told;
  }

  private static void joined(ObjectNode content) {
    var joined = Json.array();
    for (var part : Trees.objects(content, "parts")) {
      var last = joined.isEmpty() ? Json.object() : joined.get(joined.size() - 1);
      if (part.path("text").isString()
          && last.path("text").isString()
          && last.path("thought").equals(part.path("thought"))
          && !last.has("thoughtSignature")
          && last instanceof ObjectNode before) {
        before.put("text", before.get("text").stringValue() + part.get("text").stringValue());
        if (part.has("thoughtSignature")) {
          before.set("thoughtSignature", part.get("thoughtSignature"));
        }
      } else if (!Trees.says("").test(part.path("text")) || part.has("thoughtSignature")) {
        joined.add(part);
      }
    }
    content.set("parts", joined);
  }

  /// Puts the parts of all chunks in a row; the last usage counts.
  @Override
  public JsonNode gathered(List<Event> events) {
    var answer = Json.object();
    var candidate = answer.putArray("candidates").addObject();
    for (var event : events) {
      assertThat(event.type()).as("no event line").isEmpty();
      var chunk = Shape.data(event);
      for (var piece : Trees.objects(chunk, "candidates")) {
        piece
            .path("content")
            .path("parts")
            .forEach(part -> candidate.withObject("content").withArray("parts").add(part));
        if (piece.has("finishReason")) {
          assertThat(candidate.has("finishReason")).as("one finishReason").isFalse();
          candidate.set("finishReason", piece.get("finishReason"));
        }
      }
      if (chunk.has("promptFeedback")) {
        answer.set("promptFeedback", chunk.get("promptFeedback"));
      }
      if (chunk.has("usageMetadata")) {
        answer.set("usageMetadata", chunk.get("usageMetadata"));
      }
    }
    Trees.dropIf(answer, "candidates", _ -> candidate.isEmpty());
    return answer;
  }

  @Override
  public boolean isError(Event event) {
    return Shape.data(event).path("error").isObject();
  }

  @Override
  public boolean isCleanEnd(Event event) {
    return Trees.objects(Shape.data(event), "candidates").stream()
        .anyMatch(candidate -> candidate.has("finishReason"));
  }

  @Override
  public JsonNode streamed(JsonNode body) {
    return body;
  }
}
