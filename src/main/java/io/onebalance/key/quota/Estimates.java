package io.onebalance.key.quota;

import io.onebalance.key.quota.gauge.Need;

/// How far estimates of tokens are off for one model: the ratio of what is used to what was
/// thought, learnt from each answer.
public final class Estimates {
  private static final double WEIGHT = 0.05;
  private static final double LEAST_WEIGHT = 0.002;
  private static final double LEAST = 0.02;
  private static final double MOST = 20;

  private int learnt;
  private double input = 1;
  private double output = 1;

  /// What is likely used where this was thought.
  public Need likely(Need thought) {
    return thought.equals(Need.NONE)
        ? thought
        : new Need(
            Math.round(thought.inputTokens() * input), Math.round(thought.outputTokens() * output));
  }

  /// `likely` is what was told before, `used` what it came to.
  public void learn(Need likely, Need used) {
    learnt = Math.min(learnt + 1, 1_000_000);
    input = learnt(input, likely.inputTokens(), used.inputTokens());
    output = learnt(output, likely.outputTokens(), used.outputTokens());
  }

  private double learnt(double ratio, long likely, long used) {
    if (likely == 0) {
      return ratio;
    }
    var next = ratio * Math.min(MOST, (double) used / likely);
    var weight = Math.clamp(1.0 / learnt, LEAST_WEIGHT, WEIGHT);
    return Math.clamp(ratio + weight * (next - ratio), LEAST, MOST);
  }
}
