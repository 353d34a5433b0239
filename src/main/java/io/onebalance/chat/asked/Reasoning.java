package io.onebalance.chat.asked;

import java.util.Optional;

/// How much the model shall think before it speaks.
///
/// @param budget tokens for thinking, where the client counts them
/// @param shown whether the thoughts are to be told; empty where nothing was said
public record Reasoning(
    Mode mode, Optional<Effort> effort, Optional<Integer> budget, Optional<Boolean> shown) {
  public static final Reasoning UNSAID =
      new Reasoning(Mode.UNSAID, Optional.empty(), Optional.empty(), Optional.empty());

  /// Whether the client left it open how much is thought.
  public boolean isUnsaid() {
    return (mode == Mode.UNSAID || mode == Mode.UNASKED) && effort.isEmpty() && budget.isEmpty();
  }

  public enum Mode {
    /// Nothing was said: the model does as it is used to.
    UNSAID,
    /// Nothing was said, by a client whose models think only where they are asked to.
    UNASKED,
    OFF,
    ON,
    /// The model decides how much.
    ADAPTIVE
  }

  public enum Effort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    /// What a budget of tokens is worth where only words are known, as OpenAI's and Anthropic's
    /// models take them.
    public static Effort worth(int budget) {
      if (budget <= 1024) {
        return LOW;
      }
      return budget <= 8192 ? MEDIUM : HIGH;
    }
  }
}
