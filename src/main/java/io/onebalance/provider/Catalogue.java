package io.onebalance.provider;

import io.onebalance.provider.limit.Windows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The providers that can be asked, by slug and alias: the built-in data file, with what the
/// settings change or add. Immutable.
public final class Catalogue {
  private static final String FILE = "providers.yaml";

  private static final Set<String> RESERVED =
      Set.of(
          "keys",
          "gateway-keys",
          "providers",
          "usage",
          "requests",
          "events",
          "compat",
          "sandbox",
          "openapi.yaml");

  private final Map<String, Map<String, Object>> entries;
  private final Map<String, Provider> providers;
  private final Map<String, Provider> byName;
  private final Map<String, List<Provider>> byModel;

  private Catalogue(Map<String, Map<String, Object>> entries, Collection<Provider> providers) {
    this.entries = entries;
    this.providers = new LinkedHashMap<>();
    this.byName = new HashMap<>();
    this.byModel = new HashMap<>();
    providers.forEach(provider -> this.providers.put(provider.slug(), provider));
    this.providers.values().forEach(this::name);
    this.providers.values().forEach(this::noteModels);
  }

  /// The providers that the program knows by itself; read once.
  public static Catalogue builtIn() {
    return BuiltIn.CATALOGUE;
  }

  private static final class BuiltIn {
    private static final Catalogue CATALOGUE = read();
  }

  private static Catalogue read() {
    try (var in = Catalogue.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program");
      }
      return of(entries(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The slugs that mean something else after `/api/`.
  public static Set<String> reserved() {
    return RESERVED;
  }

  /// This catalogue with the settings' `providers`: fields of known entries are replaced one by
  /// one, new entries are added. A changed `base-url` is gone to directly, unless `via` says
  /// otherwise: the gateway knows only the usual one. It may stand in a private network, unless
  /// `local` says otherwise.
  ///
  /// Fails with [IllegalArgumentException] that names the entry, the field, what is wrong and what
  /// is allowed.
  public Catalogue with(Map<String, Object> settings) {
    if (settings.isEmpty()) {
      return this;
    }
    var changed = new LinkedHashMap<>(entries);
    settings.forEach((slug, fields) -> changed.put(slug, merged(slug, fields)));
    var all = new LinkedHashMap<>(providers);
    settings
        .keySet()
        .forEach(slug -> all.put(slug, Entry.read(slug, changed.getOrDefault(slug, Map.of()))));
    return new Catalogue(changed, all.values());
  }

  /// This catalogue with a provider that the program itself brings, which may have a reserved slug.
  public Catalogue with(Provider provider) {
    var all = new LinkedHashMap<>(providers);
    all.put(provider.slug(), provider);
    return new Catalogue(entries, all.values());
  }

  /// The provider of this slug or alias. Any `custom-…` is one: the gateway may know it.
  public Optional<Provider> find(String slugOrAlias) {
    var known = byName.get(slugOrAlias);
    return known == null && Entry.isCustom(slugOrAlias) && Entry.isSlug(slugOrAlias)
        ? Optional.of(Entry.read(slugOrAlias, Map.of()))
        : Optional.ofNullable(known);
  }

  /// All providers, in the order of the catalogue.
  public List<Provider> all() {
    return List.copyOf(providers.values());
  }

  /// When quotas start anew, of those providers of which that is said.
  public Map<String, Windows> windows() {
    var said = new HashMap<String, Windows>();
    providers.forEach((slug, provider) -> {
      if (!provider.words().windows().equals(Windows.UNTOLD)) {
        said.put(slug, provider.words().windows());
      }
    });
    return said;
  }

  /// The providers that list a model of this name, which stands without a provider before it. One
  /// that names it in full comes before all that only know its beginning.
  public List<Provider> offering(String bareModel) {
    var exact = byModel.get(bareModel);
    return exact == null
        ? providers.values().stream().filter(p -> p.lists(bareModel)).toList()
        : List.copyOf(exact);
  }

  /// What is wrong with this catalogue where traffic leaves this way: an entry insists on a gateway
  /// that is not configured.
  public Optional<String> objection(Way way) {
    return providers.values().stream()
        .filter(p -> p.unreachable(way).isPresent())
        .map(p -> "providers." + p.slug() + ".via is gateway, but no gateway is configured")
        .findFirst();
  }

  private Map<String, Object> merged(String slug, Object fields) {
    refuseTaken(slug);
    if (!(fields instanceof Map<?, ?> group)) {
      throw new IllegalArgumentException(
          "providers." + slug + " is not a group of fields; allowed: {base-url: …, dialect: …}");
    }
    var named = Entry.named(group);
    var merged = new LinkedHashMap<>(entries.getOrDefault(slug, Map.of()));
    if (named.containsKey("base-url")) {
      merged.put("via", "direct");
      merged.put("local", "true");
    }
    merged.putAll(named);
    return merged;
  }

  private void refuseTaken(String slug) {
    if (RESERVED.contains(slug)) {
      throw new IllegalArgumentException(
          "providers." + slug + " is a reserved name; not allowed: " + new TreeSet<>(RESERVED));
    }
    var alias = byName.get(slug);
    if (alias != null && !alias.slug().equals(slug)) {
      throw new IllegalArgumentException(
          "providers." + slug + " is an alias; write providers." + alias.slug());
    }
  }

  private void name(Provider provider) {
    var names = new ArrayList<>(provider.about().aliases());
    names.add(provider.slug());
    for (var name : names) {
      var other = byName.putIfAbsent(name, provider);
      if (other != null) {
        throw new IllegalArgumentException(
            "providers." + provider.slug() + ": the name '" + name + "' is " + other.slug() + "'s");
      }
      if (RESERVED.contains(name) && !name.equals(provider.slug())) {
        throw new IllegalArgumentException(
            "providers." + provider.slug() + ".aliases has the reserved name '" + name + "'");
      }
    }
  }

  private void noteModels(Provider provider) {
    for (var model : provider.about().models()) {
      var offering = byModel.computeIfAbsent(model, _ -> new ArrayList<>());
      if (!offering.contains(provider)) {
        offering.add(provider);
      }
    }
  }

  private static Catalogue of(Map<String, Map<String, Object>> entries) {
    return new Catalogue(
        entries,
        entries.entrySet().stream().map(e -> Entry.read(e.getKey(), e.getValue())).toList());
  }

  private static Map<String, Map<String, Object>> entries(InputStream yaml) {
    var settings = LoadSettings.builder().setLabel(FILE).build();
    var entries = new LinkedHashMap<String, Map<String, Object>>();
    if (new Load(settings).loadFromInputStream(yaml) instanceof Map<?, ?> all) {
      all.forEach((slug, fields) -> {
        if (fields instanceof Map<?, ?> group) {
          entries.put(String.valueOf(slug), Entry.named(group));
        }
      });
    }
    return entries;
  }
}
