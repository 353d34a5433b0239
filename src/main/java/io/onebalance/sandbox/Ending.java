package io.onebalance.sandbox;

/// How an answer ended.
public enum Ending {
  /// All of it was written.
  ANSWERED,
  /// The sandbox hung up, as it was told to.
  CUT,
  /// The client went before the end.
  LEFT
}
