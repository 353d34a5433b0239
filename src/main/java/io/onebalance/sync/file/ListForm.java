package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A plain list of the keys of one provider, by line ends or commas; `#` begins a remark. Only keys
/// in use are written: the list could not say that others are not.
final class ListForm implements Form {
  @Override
  public Reading read(String text, Optional<String> provider) throws Refusal {
    var owner =
        provider.orElseThrow(
            () -> new Refusal("a plain list does not say whose keys they are: name --provider"));
    var keys = new ArrayList<Carried>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> line.startsWith("{") ? List.of(line).stream() : words(line))
        .forEach(key -> keys.add(Carried.bare(owner, key)));
    return new Reading(keys, List.of());
  }

  private static java.util.stream.Stream<String> words(String line) {
    return Arrays.stream(line.split("[,;\\s]+", -1)).filter(word -> !word.isEmpty());
  }

  @Override
  public String write(List<Carried> keys) throws Refusal {
    if (keys.stream().map(Carried::provider).distinct().count() > 1) {
      throw new Refusal("a plain list holds the keys of one provider: name --provider");
    }
    return keys.stream()
        .filter(key -> key.blocked().isEmpty())
        .map(key -> key.key().reveal() + "\n")
        .collect(Collectors.joining());
  }
}
