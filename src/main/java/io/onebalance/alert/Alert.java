package io.onebalance.alert;

import java.time.Instant;

/// Something that somebody should know, or that is over.
///
/// @param subject the provider, or the gateway key by its name
/// @param over whether it has ended; what is over at once is never told so
/// @param message in plain words, without any secret
public record Alert(Kind kind, String subject, boolean over, String message, Instant at) {
  /// What there is to tell.
  public enum Kind {
    /// Few keys of a provider are ready.
    POOL_LOW("pool_low"),
    /// Keys were blocked.
    KEY_BLOCKED("key_blocked"),
    /// A provider answers nobody.
    PROVIDER_DOWN("provider_down"),
    /// A gateway key has spent most of its budget.
    BUDGET_NEAR("budget_near"),
    /// A gateway key has spent its budget.
    BUDGET_REACHED("budget_reached");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// The name that webhooks and settings use.
    public String word() {
      return word;
    }
  }
}
