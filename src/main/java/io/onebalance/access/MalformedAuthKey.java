package io.onebalance.access;

/// AUTH_KEY does not follow its grammar. The message names the definition by its place and its
/// mask, and never holds a key.
public final class MalformedAuthKey extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAuthKey(String message) {
    super(message);
  }
}
