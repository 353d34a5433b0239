package io.onebalance.dialect;

/// A provider's answer that is not what its dialect says. The message holds nothing of its content.
public final class UnreadableAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableAnswer(String why) {
    super(why, null, false, false);
  }
}
