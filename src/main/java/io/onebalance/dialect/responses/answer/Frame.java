package io.onebalance.dialect.responses.answer;

import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The response object around the items: it repeats what was asked. Every member is there in every
/// answer, since openai-java throws where one that it knows is missing.
final class Frame {
  /// What is repeated, with what it is where the client said nothing. Nothing is stored here, so
  /// `store` and `background` are not repeated.
  private static final List<Map.Entry<String, JsonNode>> REPEATED =
      List.of(
          repeated("instructions", "null"),
          repeated("max_output_tokens", "null"),
          repeated("max_tool_calls", "null"),
          repeated("metadata", "{}"),
          repeated("parallel_tool_calls", "true"),
          repeated("prompt_cache_key", "null"),
          repeated("reasoning", "{\"effort\":null,\"summary\":null}"),
          repeated("safety_identifier", "null"),
          repeated("service_tier", "\"default\""),
          repeated("temperature", "1.0"),
          repeated("text", "{\"format\":{\"type\":\"text\"}}"),
          repeated("tool_choice", "\"auto\""),
          repeated("tools", "[]"),
          repeated("top_logprobs", "0"),
          repeated("top_p", "1.0"),
          repeated("truncation", "\"disabled\""),
          repeated("user", "null"));

  private final ObjectNode base;

  Frame(Envelope envelope) {
    base =
        Json.object()
            .put("id", "resp_" + envelope.requestId())
            .put("object", "response")
            .put("created_at", envelope.created())
            .put("status", "")
            .putNull("completed_at")
            .put("background", false)
            .putNull("error")
            .putNull("incomplete_details")
            .put("model", envelope.request().model())
            .put("store", false)
            .putNull("previous_response_id")
            .putNull("usage");
    REPEATED.forEach(member ->
        base.set(
            member.getKey(), merged(member.getValue(), envelope.written().path(member.getKey()))));
  }

  /// The response as it stands.
  ObjectNode with(String status, ArrayNode output) {
    var response = Json.object();
    response.setAll(base);
    return response.put("status", status).set("output", output);
  }

  private static Map.Entry<String, JsonNode> repeated(String name, String otherwise) {
    return Map.entry(name, Json.read(otherwise).orElseThrow());
  }

  private static JsonNode merged(JsonNode otherwise, JsonNode written) {
    if (written.isMissingNode() || written.isNull()) {
      return otherwise;
    }
    if (otherwise instanceof ObjectNode && written instanceof ObjectNode said) {
      var both = Json.object();
      otherwise.properties().forEach(member -> both.set(member.getKey(), member.getValue()));
      said.properties().stream()
          .filter(member -> !member.getValue().isNull())
          .forEach(member -> both.set(member.getKey(), member.getValue()));
      return both;
    }
    return written;
  }
}
