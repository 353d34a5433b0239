package io.onebalance.sync;

import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import java.util.Map;

/// What a provider of one place is called here: as somebody said, else by the catalogue's aliases,
/// else as it is.
public record Names(Map<String, String> said, Catalogue catalogue) {
  public Names {
    said = Map.copyOf(said);
  }

  public String of(String name) {
    var known = said.getOrDefault(name, name);
    return catalogue.find(known).map(Provider::slug).orElse(known);
  }

  /// What a provider of a target is called here: what was said is of the source's names, so it
  /// holds only for what the catalogue does not know.
  public String there(String name) {
    return catalogue.find(name).map(Provider::slug).orElseGet(() -> of(name));
  }

  /// The same key by its provider's name here.
  Carried of(Carried key) {
    return key.of(of(key.provider()));
  }
}
