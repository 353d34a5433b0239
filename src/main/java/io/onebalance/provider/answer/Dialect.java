package io.onebalance.provider.answer;

/// The language of a provider's main API. `NONE` is a provider of something else than chat (speech,
/// images, search), which is only passed through.
public enum Dialect {
  OPENAI,
  ANTHROPIC,
  GEMINI,
  NONE
}
