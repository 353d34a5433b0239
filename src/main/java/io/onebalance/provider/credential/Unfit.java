package io.onebalance.provider.credential;

import java.io.Serial;

/// A key that cannot be one of its provider. The message says what is wrong and what is allowed,
/// and repeats nothing of the key.
public final class Unfit extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  public Unfit(String why) {
    super(why);
  }
}
