package io.onebalance.provider.answer;

/// Why a key is dead, in the words that are stored and shown. Whoever re-tests keys tells by them
/// which may come back by themselves.
public final class Reason {
  public static final String INVALID = "invalid key";
  public static final String LEAKED = "reported as leaked";
  public static final String SUSPENDED = "suspended";
  public static final String DEACTIVATED = "account deactivated";
  public static final String RESTRICTED = "restricted to other uses";
  public static final String API_DISABLED = "API not enabled";

  private Reason() {}

  /// Whether the owner can lift this without a new key, so that an automatic test is worthwhile.
  public static boolean mayRecover(String reason) {
    return reason.equals(API_DISABLED);
  }
}
