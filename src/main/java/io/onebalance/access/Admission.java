package io.onebalance.access;

/// Whether a caller may come in.
public sealed interface Admission {
  /// The caller showed a gateway key that is in force.
  record Admitted(Grant grant) implements Admission {}

  /// The caller stays outside; `why` may be shown to anyone.
  record Refused(String why) implements Admission {}

  Refused MISSING = new Refused("No gateway key was sent.");
  Refused UNKNOWN = new Refused("The gateway key is not known.");
  Refused EXPIRED = new Refused("The gateway key has expired.");
}
