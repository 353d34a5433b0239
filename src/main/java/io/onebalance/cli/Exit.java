package io.onebalance.cli;

/// What the program tells its caller by ending.
public final class Exit {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  private Exit() {}
}
