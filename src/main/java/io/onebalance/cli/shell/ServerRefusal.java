package io.onebalance.cli.shell;

import java.io.IOException;

/// A server that runs did not do what it was asked; the message says why.
public final class ServerRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ServerRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /// Whether the question was at fault, and not the server or the gateway key.
  public boolean isWrongUsage() {
    return status == 400 || status == 404;
  }
}
