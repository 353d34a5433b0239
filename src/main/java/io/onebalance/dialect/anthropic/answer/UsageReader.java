package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.answer.Usage;
import tools.jackson.databind.JsonNode;

/// Adds up what an answer tells of its tokens: a stream tells the input at its start and the output
/// at its end, and newer servers repeat the input there. Confined to one thread.
final class UsageReader {
  private long input;
  private long written;
  private long cached;
  private long output;
  private long thought;
  private boolean told;

  /// Whether it says anything.
  boolean read(JsonNode usage) {
    if (!usage.isObject()) {
      return false;
    }
    told = true;
    input = larger(usage, "input_tokens", input);
    written = larger(usage, "cache_creation_input_tokens", written);
    cached = larger(usage, "cache_read_input_tokens", cached);
    output = last(usage, "output_tokens", output);
    thought = last(usage.path("output_tokens_details"), "thinking_tokens", thought);
    return true;
  }

  boolean told() {
    return told;
  }

  Usage usage() {
    return new Usage(input + written + cached, cached, written, output, thought);
  }

  /// Of the input: some tell none of it at the end.
  private static long larger(JsonNode usage, String name, long before) {
    return Math.max(before, last(usage, name, before));
  }

  /// Of the output: the start only guesses at it.
  private static long last(JsonNode usage, String name, long before) {
    return Math.max(0, usage.path(name).asLong(before));
  }
}
