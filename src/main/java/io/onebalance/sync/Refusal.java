package io.onebalance.sync;

import java.io.IOException;

/// A place will not do what it is asked, however often: the message says why, without any key.
public final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;

  public Refusal(String why) {
    super(why);
  }
}
