package io.onebalance.ledger.price;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What tokens cost, by provider and model: the built-in data file, with what the settings change
/// or add. Thread-safe.
public final class Prices {
  private static final String FILE = "prices.yaml";

  /// Names of models come from clients, so not any number is remembered.
  private static final int REMEMBERED = 10_000;

  private record Name(String provider, String model) {}

  private final Map<String, Object> written;
  private final Map<String, PriceList> lists;
  private final Cache<Name, Optional<Tariff>> found =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private Prices(Map<String, Object> written) {
    this.written = written;
    this.lists = PriceReader.lists(written);
  }

  /// The prices that the program knows by itself.
  public static Prices builtIn() {
    return BuiltIn.PRICES;
  }

  private static final class BuiltIn {
    private static final Prices PRICES = read();
  }

  private static Prices read() {
    try (var in = Prices.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program");
      }
      return new Prices(read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> read(InputStream in) {
    var prices = new LinkedHashMap<String, Object>();
    ((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in))
        .forEach((slug, entry) -> prices.put((String) slug, entry));
    return prices;
  }

  /// These prices with the settings' `prices`: a model that is named there costs what is said
  /// there, all others what they cost before.
  ///
  /// Fails with [IllegalArgumentException] that names the entry, the field, what is wrong and what
  /// is allowed.
  public Prices with(Map<String, Object> settings) {
    if (settings.isEmpty()) {
      return this;
    }
    PriceReader.lists(settings);
    var all = new LinkedHashMap<>(written);
    settings.forEach((slug, entry) -> all.merge(slug, entry, PriceReader::merged));
    return new Prices(all);
  }

  /// What these tokens cost; empty where no price is known, and where nobody knows the tokens.
  public Optional<Money> of(String provider, String model, Tokens tokens) {
    return tokens.source() == Tokens.Source.NONE
        ? Optional.empty()
        : found
            .get(new Name(provider, model), name -> find(name.provider(), name.model()))
            .map(tariff -> tariff.of(tokens));
  }

  private Optional<Tariff> find(String provider, String model) {
    var list = lists.get(provider);
    return list == null
        ? Optional.empty()
        : list.find(model)
            .or(() ->
                list.like().stream()
                    .flatMap(other ->
                        Optional.ofNullable(lists.get(other)).flatMap(l -> l.find(model)).stream())
                    .findFirst());
  }
}
