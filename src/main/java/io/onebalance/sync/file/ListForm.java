package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A plain list of the keys of one provider, by line ends or commas; `#` begins a remark. What is
/// written goes to its end: only keys in use, as the list could not say that others are not.
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
        .flatMap(line -> line.startsWith("{") ? Stream.of(line) : words(line))
        .forEach(key -> keys.add(Carried.bare(owner, key)));
    return new Reading(keys, List.of());
  }

  private static Stream<String> words(String line) {
    return Arrays.stream(line.replaceFirst("\\s#.*", "").split("[,;\\s]+", -1))
        .filter(word -> !word.isEmpty());
  }

  @Override
  public Optional<Carried> held(Carried key) {
    return key.inUse();
  }

  @Override
  public String write(String before, List<Carried> all, List<Carried> fresh) throws Refusal {
    if (all.stream().map(Carried::provider).distinct().count() > 1) {
      throw new Refusal("a plain list holds the keys of one provider: name --provider");
    }
    var more = fresh.stream().map(key -> key.key().reveal() + "\n").collect(Collectors.joining());
    return before.isEmpty() || before.endsWith("\n") ? before + more : before + "\n" + more;
  }
}
