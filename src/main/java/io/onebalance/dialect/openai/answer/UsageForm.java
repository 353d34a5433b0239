package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/// The usage of an answer. The prompt's tokens include those from a cache, those of the completion
/// what was thought.
final class UsageForm {
  private UsageForm() {}

  static Optional<Usage> read(JsonNode usage) {
    if (!usage.isObject()) {
      return Optional.empty();
    }
    var input = count(usage, "prompt_tokens");
    var output = count(usage, "completion_tokens");
    var asked = usage.path("prompt_tokens_details");
    var reasoning = count(usage.path("completion_tokens_details"), "reasoning_tokens");
    var cached =
        LongStream.of(
                count(asked, "cached_tokens"),
                count(usage, "prompt_cache_hit_tokens"), // DeepSeek
                count(usage, "cached_tokens")) // Kimi
            .max()
            .orElse(0);
    var written = count(asked, "cache_write_tokens");
    var apart = reasoning > 0 && count(usage, "total_tokens") == input + output + reasoning;
    return Optional.of(
        new Usage(input, cached, written, apart ? output + reasoning : output, reasoning));
  }

  static JsonNode write(Usage usage) {
    var written =
        Json.object()
            .put("prompt_tokens", usage.input())
            .put("completion_tokens", usage.output())
            .put("total_tokens", usage.total());
    written.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    written.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    return written;
  }

  /// A count that is absent, negative or beyond reason is none.
  private static long count(JsonNode usage, String name) {
    var count = usage.path(name);
    return count.isNumber() && count.canConvertToInt() ? Math.max(0, count.intValue()) : 0;
  }
}
