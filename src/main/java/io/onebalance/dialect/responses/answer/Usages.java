package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Usage as Responses tells it: the input includes what was cached, the output what was thought. Of
/// the details none may be missing, as openai-java has it.
final class Usages {
  private Usages() {}

  /// Of a response object; empty where it tells none.
  static Optional<Usage> in(JsonNode response) {
    return Optional.of(response.path("usage")).filter(JsonNode::isObject).map(Usages::read);
  }

  static JsonNode written(Usage usage) {
    var written = Json.object().put("input_tokens", usage.input());
    written
        .putObject("input_tokens_details")
        .put("cached_tokens", usage.cached())
        .put("cache_write_tokens", usage.cacheWritten());
    written.put("output_tokens", usage.output());
    written.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
    return written.put("total_tokens", usage.total());
  }

  private static Usage read(JsonNode usage) {
    var input = usage.path("input_tokens_details");
    return new Usage(
        tokens(usage, "input_tokens"),
        tokens(input, "cached_tokens"),
        tokens(input, "cache_write_tokens"),
        tokens(usage, "output_tokens"),
        tokens(usage.path("output_tokens_details"), "reasoning_tokens"));
  }

  private static long tokens(JsonNode from, String name) {
    return from.path(name).asLong(0);
  }
}
