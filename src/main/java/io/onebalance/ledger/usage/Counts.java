package io.onebalance.ledger.usage;

import io.onebalance.ledger.Tokens;

/// The numbers of a usage, by the names that providers give them. Of a number that is told several
/// times the last counts, unless it is zero: streams repeat and correct, and some servers fill in
/// zeros for what they told before. Confined to one thread.
final class Counts {
  private static final long NOT_TOLD = -1;
  private static final long BEYOND_REASON = 1L << 40;

  /// The prompt with what came from a cache, and without.
  private long prompt = NOT_TOLD;

  private long fresh = NOT_TOLD;

  private long billedInput = NOT_TOLD;
  private long billedOutput = NOT_TOLD;

  private long tools;
  private long within;
  private long read;
  private long written;
  private long output = NOT_TOLD;
  private long thought;
  private long reasoning;
  private long total;

  /// A member of the usage, or of an object in it (`parent`, else empty). What nobody knows is
  /// passed over.
  void told(String parent, String name, long number) {
    if (number < 0 || number > BEYOND_REASON) {
      return;
    }
    switch (parent) {
      case "" -> own(name, number);
      case "prompt_tokens_details", "input_tokens_details", "input_token_details" ->
          ofPrompt(name, number);
      case "completion_tokens_details", "output_tokens_details", "output_token_details" ->
          ofAnswer(name, number);
      case "billed_units" -> billed(name, number);
      case "tokens" -> own(name, number);
      default -> {
        // providers tell more of their counting than tokens
      }
    }
  }

  private void own(String name, long number) {
    switch (name) {
      case "prompt_tokens", "promptTokenCount" -> prompt = last(prompt, number);
      case "input_tokens", "inputTokens", "inputTokenCount" -> fresh = last(fresh, number);
      case "toolUsePromptTokenCount" -> tools = last(tools, number);
      case "cached_tokens", "prompt_cache_hit_tokens", "cachedContentTokenCount" ->
          within = last(within, number);
      case "cache_read_input_tokens", "cacheReadInputTokens", "cacheReadInputTokenCount" ->
          read = last(read, number);
      case "cache_creation_input_tokens", "cacheWriteInputTokens", "cacheWriteInputTokenCount" ->
          written = last(written, number);
      case "completion_tokens",
          "output_tokens",
          "candidatesTokenCount",
          "responseTokenCount",
          "outputTokens",
          "outputTokenCount" ->
          output = last(output, number);
      case "thoughtsTokenCount" -> thought = last(thought, number);
      case "reasoning_tokens" -> reasoning = last(reasoning, number);
      case "total_tokens", "totalTokenCount" -> total = last(total, number);
      default -> {
        // as above
      }
    }
  }

  private void ofPrompt(String name, long number) {
    switch (name) {
      case "cached_tokens" -> within = last(within, number);
      case "cache_write_tokens" -> written = last(written, number);
      default -> {
        // as above
      }
    }
  }

  private void ofAnswer(String name, long number) {
    switch (name) {
      case "reasoning_tokens", "thinking_tokens" -> reasoning = last(reasoning, number);
      default -> {
        // as above
      }
    }
  }

  private void billed(String name, long number) {
    switch (name) {
      case "input_tokens" -> billedInput = last(billedInput, number);
      case "output_tokens" -> billedOutput = last(billedOutput, number);
      default -> {
        // searches and classifications are billed too, but are no tokens
      }
    }
  }

  private static long last(long before, long now) {
    return now > 0 || before < 0 ? now : before;
  }

  /// Whether the provider told how long the prompt was.
  boolean toldInput() {
    return input() != NOT_TOLD;
  }

  boolean toldOutput() {
    return billedOutput != NOT_TOLD || output != NOT_TOLD || thought > 0;
  }

  boolean toldAnything() {
    return toldInput() || toldOutput();
  }

  Tokens tokens() {
    var input = Math.max(0, input());
    var cached = Math.min(input, Math.max(within, read));
    var made = output();
    return new Tokens(
        input,
        cached,
        Math.min(input - cached, written),
        made,
        Math.min(made, Math.max(reasoning, thought)),
        Tokens.Source.TOLD);
  }

  private long input() {
    if (billedInput != NOT_TOLD) {
      return billedInput;
    }
    if (prompt != NOT_TOLD) {
      return prompt + tools;
    }
    if (fresh != NOT_TOLD) {
      return fresh + read + (within > 0 ? 0 : written);
    }
    return total > 0 && !toldOutput() ? total : NOT_TOLD;
  }

  /// What was thought stands apart from the rest at Google, and at xAI, where only the total shows
  /// it.
  private long output() {
    if (billedOutput != NOT_TOLD) {
      return billedOutput;
    }
    var said = Math.max(0, output) + thought;
    return reasoning > 0 && total == prompt + said + reasoning ? said + reasoning : said;
  }
}
