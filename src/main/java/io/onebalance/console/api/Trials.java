package io.onebalance.console.api;

import io.onebalance.store.keyring.Keyring.Selection;
import java.time.Duration;
import java.util.function.Consumer;

/// Asking providers with real keys whether they still work: done elsewhere, shown here. Where no
/// trials are given, their routes do not exist.
public interface Trials {
  /// Asks with each selected key once and tells each result as it comes, by one thread at a time.
  /// An empty model leaves the choice to the provider's entry in the catalogue.
  void test(Selection selection, String model, String actor, Consumer<Tried> progress);

  /// Runs the cleanup of a provider now.
  Cleaned cleanup(String provider, String actor);

  /// How one key did. `outcome` is valid, limited, no_billing, invalid or unknown; `detail` is
  /// scrubbed of the key.
  record Tried(String keyId, boolean passed, String outcome, String detail, Duration took) {
    /// Where no more is known than whether it passed.
    public Tried(String keyId, boolean passed, String detail, Duration took) {
      this(keyId, passed, passed ? "valid" : "unknown", detail, took);
    }
  }

  /// What a cleanup really did: keys asked with, keys deleted, keys blocked instead, keys found
  /// well again.
  record Cleaned(int checked, int deleted, int blocked, int recovered) {}
}
