package io.onebalance.simulate.scenario;

/// A scenario that cannot be read: the line, what is wrong there, and what is allowed.
public final class BadScenario extends Exception {
  private static final long serialVersionUID = 1L;

  public BadScenario(int line, String what) {
    super(line > 0 ? "line " + line + ": " + what : what);
  }
}
