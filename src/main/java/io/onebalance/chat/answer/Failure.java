package io.onebalance.chat.answer;

/// Why an answer broke off.
///
/// @param message for people; holds no secret
public record Failure(Kind kind, String message) {
  public enum Kind {
    /// Try again later: too much was asked of the provider.
    OVERLOADED,
    LIMITED,
    /// The request itself cannot be answered.
    INVALID,
    /// The provider failed, or its answer ended before it was complete.
    BROKEN
  }
}
