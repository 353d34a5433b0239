package io.onebalance.chat;

import java.util.Optional;

/// How much the model shall think before it speaks.
///
/// @param budget tokens for thinking, where the client counts them
/// @param shown whether the thoughts are to be told; empty where nothing was said
public record Reasoning(
    Mode mode, Optional<Effort> effort, Optional<Integer> budget, Optional<Boolean> shown) {
  public static final Reasoning UNSAID =
      new Reasoning(Mode.UNSAID, Optional.empty(), Optional.empty(), Optional.empty());

  public enum Mode {
    UNSAID,
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
    MAX
  }
}
