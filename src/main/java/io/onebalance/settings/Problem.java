package io.onebalance.settings;

/// One thing that is wrong with the settings: where it stands, and what is wrong with it. Never
/// holds a secret.
public record Problem(String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}
