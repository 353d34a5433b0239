package io.onebalance.ledger.price;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads prices as the data file and the settings write them. Every error names the entry, what is
/// wrong and what is allowed.
final class PriceReader {
  private static final String FREE = "free";
  private static final Set<String> OF_PROVIDER = Set.of("source", "seen", "like", "models");
  private static final Set<String> OF_PRICE = Set.of("input", "cached", "cache-written", "output");
  private static final Set<String> OF_MODEL = with(OF_PRICE, "above");
  private static final Set<String> OF_ABOVE = with(OF_PRICE, "tokens");

  /// A dollar for a million tokens, in pico-dollars a token, is a million.
  private static final int PLACES = 6;

  private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);

  private PriceReader() {}

  static Map<String, PriceList> lists(Map<String, Object> written) {
    var lists = new LinkedHashMap<String, PriceList>();
    written.forEach((slug, entry) -> lists.put(slug, list("prices." + slug, entry)));
    return Map.copyOf(lists);
  }

  /// An entry with what the settings say of the same provider.
  static Object merged(Object before, Object now) {
    if (!(before instanceof Map<?, ?> old) || !(now instanceof Map<?, ?> said)) {
      return now;
    }
    var merged = new LinkedHashMap<Object, Object>(old);
    said.forEach((field, value) ->
        merged.merge(field, value, (was, is) -> "models".equals(field) ? both(was, is) : is));
    return merged;
  }

  private static Object both(Object was, Object is) {
    var all = new LinkedHashMap<Object, Object>((Map<?, ?>) was);
    all.putAll((Map<?, ?>) is);
    return all;
  }

  private static PriceList list(String name, Object entry) {
    if (FREE.equals(entry)) {
      return PriceList.of(Map.of("*", Tariff.FREE), List.of());
    }
    var fields = map(name, entry, "free, or a map of " + named(OF_PROVIDER));
    check(name, fields, OF_PROVIDER);
    var models = new LinkedHashMap<String, Tariff>();
    map(name + ".models", fields.getOrDefault("models", Map.of()), "a map of prices by model")
        .forEach((model, price) -> models.put(model, tariff(name + ".models." + model, price)));
    return PriceList.of(models, like(name + ".like", fields.getOrDefault("like", List.of())));
  }

  private static List<String> like(String name, Object value) {
    if (value instanceof List<?> names && names.stream().allMatch(String.class::isInstance)) {
      return names.stream().map(String.class::cast).toList();
    }
    throw wrong(name, value, "a list of providers");
  }

  private static Tariff tariff(String name, Object value) {
    if (FREE.equals(value)) {
      return Tariff.FREE;
    }
    var fields = map(name, value, "free, or a map of " + named(OF_MODEL));
    check(name, fields, OF_MODEL);
    var usual = price(name, fields);
    return Optional.ofNullable(fields.get("above"))
        .map(above -> tiered(name + ".above", usual, above))
        .orElseGet(() -> Tariff.of(usual));
  }

  private static Tariff tiered(String name, Price usual, Object value) {
    var fields = map(name, value, "a map of " + named(OF_ABOVE));
    check(name, fields, OF_ABOVE);
    return new Tariff(usual, tokens(name + ".tokens", fields.get("tokens")), price(name, fields));
  }

  private static long tokens(String name, @Nullable Object value) {
    return decimal(value)
        .filter(tokens -> tokens.signum() > 0 && tokens.stripTrailingZeros().scale() <= 0)
        .filter(tokens -> tokens.compareTo(MOST_TOKENS) <= 0)
        .map(BigDecimal::longValueExact)
        .orElseThrow(() -> wrong(name, value, "a whole number from 1 to 1000000000"));
  }

  private static Price price(String name, Map<String, Object> fields) {
    if (!fields.containsKey("input")) {
      throw wrong(name + ".input", null, "dollars for a million tokens");
    }
    var input = picos(name + ".input", fields.get("input"));
    return new Price(
        input,
        fields.containsKey("cached") ? picos(name + ".cached", fields.get("cached")) : input,
        fields.containsKey("cache-written")
            ? picos(name + ".cache-written", fields.get("cache-written"))
            : input,
        fields.containsKey("output") ? picos(name + ".output", fields.get("output")) : 0);
  }

  private static long picos(String name, @Nullable Object value) {
    var allowed = "dollars for a million tokens, from 0 to 1000000, with up to 6 decimals";
    var dollars = decimal(value).orElseThrow(() -> wrong(name, value, allowed));
    if (dollars.signum() < 0
        || dollars.compareTo(DEAREST) > 0
        || dollars.stripTrailingZeros().scale() > PLACES) {
      throw wrong(name, value, allowed);
    }
    return dollars.movePointRight(PLACES).longValueExact();
  }

  /// YAML tells numbers, the settings' reader may tell them as texts.
  private static Optional<BigDecimal> decimal(@Nullable Object value) {
    try {
      return value instanceof Number || value instanceof String
          ? Optional.of(new BigDecimal(value.toString()))
          : Optional.empty();
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> map(String name, Object value, String allowed) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, value, allowed);
    }
    var fields = new LinkedHashMap<String, Object>();
    map.forEach((field, content) -> fields.put(String.valueOf(field), content));
    return fields;
  }

  private static void check(String name, Map<String, Object> fields, Set<String> allowed) {
    for (var field : fields.keySet()) {
      if (!allowed.contains(field)) {
        throw new IllegalArgumentException(
            name + "." + field + " is unknown; allowed: " + named(allowed));
      }
    }
  }

  private static IllegalArgumentException wrong(
      String name, @Nullable Object value, String allowed) {
    var told = value == null ? "missing" : value instanceof Map ? "a map" : value.toString();
    return new IllegalArgumentException(name + " is " + told + "; allowed: " + allowed);
  }

  private static String named(Set<String> fields) {
    return String.join(", ", new TreeSet<>(fields));
  }

  private static Set<String> with(Set<String> fields, String more) {
    var all = new TreeSet<>(fields);
    all.add(more);
    return all;
  }
}
