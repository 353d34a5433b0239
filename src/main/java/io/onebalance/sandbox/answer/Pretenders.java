package io.onebalance.sandbox.answer;

import java.util.List;

/// The pretenders that there are.
final class Pretenders {
  static final Gemini GEMINI = new Gemini();
  static final GeminiOpenAi GEMINI_OPENAI = new GeminiOpenAi();
  static final OpenAi OPENAI = new OpenAi();
  static final Anthropic ANTHROPIC = new Anthropic();

  private Pretenders() {}

  /// Those with paths of their own.
  static List<Pretender> all() {
    return List.of(GEMINI, OPENAI, ANTHROPIC);
  }
}
