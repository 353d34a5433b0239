package io.onebalance.dialect;

import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What counts in the words of a dialect, so that two ways to say the same are equal: a text for an
/// array of one text, a default that is spelled out, counts of zero, and the ids of calls, which
/// are named by the order of their first appearance. Ids, times and names of models in answers
/// count for nothing here.
interface Shape {
  List<String> DIALECTS = List.of("openai", "responses", "anthropic", "gemini");

  static Shape of(String dialect) {
    return switch (dialect) {
      case "openai" -> new OpenAiShape();
      case "responses" -> new ResponsesShape();
      case "anthropic" -> new AnthropicShape();
      case "gemini" -> new GeminiShape();
      default -> throw new IllegalArgumentException(dialect); // files name what they like
    };
  }

  JsonNode request(JsonNode body);

  JsonNode answer(JsonNode body);

  /// The answer that the events of a stream make, as a careful client of the dialect gathers it.
  /// Fails where the stream breaks a rule of the dialect.
  JsonNode gathered(List<Event> events);

  /// Whether this event tells of a failure.
  boolean isError(Event event);

  /// Whether this event says that the answer is complete.
  boolean isCleanEnd(Event event);

  /// The same request for a streamed answer.
  JsonNode streamed(JsonNode body);

  static JsonNode data(Event event) {
    return Json.read(event.data())
        .orElseThrow(() -> new AssertionError("no JSON: " + event.text()));
  }
}
