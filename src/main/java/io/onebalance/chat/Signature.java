package io.onebalance.chat;

/// A seal that a model put on a thought, a call or a text, and wants back unchanged. Only its maker
/// can read it: it never goes to another.
public record Signature(Maker maker, String value) {
  /// Whose models made it.
  public enum Maker {
    ANTHROPIC,
    GEMINI,
    OPENAI
  }

  public boolean isOf(Maker other) {
    return maker == other;
  }
}
