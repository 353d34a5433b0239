package io.onebalance;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// What a test needs of the machine that it runs on and may not find there: a linter, a browser, a
/// server. Without it the test is skipped, and says so. Where `ONE_BALANCE_TOOLS` is `required`, as
/// in `.ci/run`, it fails: what nobody looks at must not be skipped.
public final class Needed {
  private static final String TOOLS = "ONE_BALANCE_TOOLS";
  private static final String REQUIRED = "required";

  private Needed() {}

  /// What skips the test, to be thrown; where it may not be skipped, this fails it.
  public static TestAbortedException absent(String why) {
    return absent(why, System.getenv(TOOLS));
  }

  static TestAbortedException absent(String why, @Nullable String tools) {
    if (REQUIRED.equals(tools)) {
      throw new AssertionError(why + ", and " + TOOLS + " is " + REQUIRED);
    }
    return new TestAbortedException(why);
  }
}
