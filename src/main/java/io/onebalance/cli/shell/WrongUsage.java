package io.onebalance.cli.shell;

/// Somebody typed or set something that cannot be meant: the message says which, what is wrong with
/// it and what is allowed, and holds no secret.
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsage(String what) {
    super(what);
  }
}
