package io.onebalance.dialect.gemini.answer;

import io.onebalance.dialect.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Log probabilities of tokens, between OpenAI's form and `logprobsResult`.
final class Logprobs {
  private Logprobs() {}

  static ArrayNode read(JsonNode result) {
    var tokens = Json.array();
    var tops = result.path("topCandidates");
    var chosen = result.path("chosenCandidates");
    for (var i = 0; i < chosen.size(); i++) {
      var token = token(chosen.path(i));
      var others = token.putArray("top_logprobs");
      tops.path(i).path("candidates").forEach(other -> others.add(token(other)));
      tokens.add(token);
    }
    return tokens;
  }

  static ObjectNode written(JsonNode tokens) {
    var result = Json.object();
    var tops = result.putArray("topCandidates");
    var chosen = result.putArray("chosenCandidates");
    for (var token : tokens) {
      chosen.add(candidate(token));
      var others = tops.addObject().putArray("candidates");
      token.path("top_logprobs").forEach(other -> others.add(candidate(other)));
    }
    return result;
  }

  private static ObjectNode token(JsonNode candidate) {
    var text = candidate.path("token").asString("");
    var token =
        Json.object()
            .put("token", text)
            .put("logprob", candidate.path("logProbability").asDouble(0));
    var bytes = token.putArray("bytes");
    for (var one : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(one & 0xFF);
    }
    return token;
  }

  private static ObjectNode candidate(JsonNode token) {
    return Json.object()
        .put("token", token.path("token").asString(""))
        .put("logProbability", token.path("logprob").asDouble(0));
  }
}
