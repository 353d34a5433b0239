package io.onebalance.console.api;

import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.store.keyring.Keyring;
import java.util.Optional;
import java.util.function.Supplier;

/// Providers by what people call them. Keys may outlive their provider's entry in the settings;
/// such a provider takes no new keys, but its old ones can still be looked after.
public final class ProviderNames {
  private final Supplier<Catalogue> catalogue;
  private final Keyring keyring;

  public ProviderNames(Supplier<Catalogue> catalogue, Keyring keyring) {
    this.catalogue = catalogue;
    this.keyring = keyring;
  }

  /// A provider that may get keys.
  public Provider inCatalogue(String name) {
    return catalogue.get().find(name).orElseThrow(() -> unknown(name));
  }

  /// The slug of a provider that has an entry or keys.
  public String known(String name) {
    return slug(name)
        .or(() -> Optional.of(name).filter(keyring.counts()::containsKey))
        .orElseThrow(() -> unknown(name));
  }

  /// What keys of this provider look like, for people, perhaps an empty text; empty where it may
  /// get none.
  public Optional<String> keyPattern(String slug) {
    return catalogue.get().find(slug).map(found -> found.about().keyPattern());
  }

  private Optional<String> slug(String name) {
    return catalogue.get().find(name).map(Provider::slug);
  }

  private static Refusal unknown(String name) {
    return new Refusal(
        404, "unknown_provider", "there is no provider '%s'".formatted(Shown.brief(name)));
  }
}
