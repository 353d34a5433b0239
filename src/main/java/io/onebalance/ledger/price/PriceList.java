package io.onebalance.ledger.price;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the models of one provider cost.
///
/// @param like the providers whose lists are asked for what is not found here
record PriceList(Map<String, Tariff> named, List<Fitting> fitting, List<String> like) {
  /// What names of models end in without being other models.
  private static final Pattern VERSION =
      Pattern.compile("(-latest|[-@]20\\d{6}|-20\\d\\d-\\d\\d-\\d\\d|-\\d{3,4})?(:[a-z]+)?$");

  /// What stands before a name at some places and is no part of it.
  private static final Pattern PLACE =
      Pattern.compile("^(models/|publishers/[a-z]+/models/|google/|anthropic/)");

  /// A name in which `*` stands for anything, of so many letters.
  record Fitting(Pattern pattern, int letters, Tariff tariff) {
    static Fitting of(String name, Tariff tariff) {
      var parts =
          Pattern.compile("\\*").splitAsStream(name + " ").map(String::stripTrailing).toList();
      var pattern = parts.stream().map(Pattern::quote).collect(Collectors.joining(".*"));
      return new Fitting(Pattern.compile(pattern), name.replace("*", "").length(), tariff);
    }

    boolean fits(String model) {
      return pattern.matcher(model).matches();
    }
  }

  static PriceList of(Map<String, Tariff> models, List<String> like) {
    var named = new LinkedHashMap<>(models);
    named.keySet().removeIf(name -> name.contains("*"));
    var fitting =
        models.entrySet().stream()
            .filter(entry -> entry.getKey().contains("*"))
            .map(entry -> Fitting.of(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(Fitting::letters).reversed())
            .toList();
    return new PriceList(Map.copyOf(named), fitting, List.copyOf(like));
  }

  /// Of this very name, then of the name without its version, then of a pattern.
  Optional<Tariff> find(String model) {
    var bare = PLACE.matcher(model).replaceFirst("");
    return Optional.ofNullable(named.get(bare))
        .or(() -> Optional.ofNullable(named.get(VERSION.matcher(bare).replaceFirst(""))))
        .or(() -> fitting.stream().filter(f -> f.fits(bare)).findFirst().map(Fitting::tariff));
  }
}
