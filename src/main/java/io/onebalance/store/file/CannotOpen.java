package io.onebalance.store.file;

/// Says why the store refuses to open, and what helps. Nothing was changed on disk.
public final class CannotOpen extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CannotOpen(String why) {
    super(why);
  }

  public CannotOpen(String why, Throwable cause) {
    super(why, cause);
  }
}
