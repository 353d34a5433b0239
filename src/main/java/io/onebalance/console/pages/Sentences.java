package io.onebalance.console.pages;

import io.onebalance.console.api.Json;
import io.onebalance.console.pages.Taste.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What other rooms say, in the language of the page. They say it in English, to programs as well;
/// a sentence is recognised by its pattern, in which `{0}`, `{1}` … stand for what it speaks of.
/// One that is not known stays as it is, which is what English has for all of them.
final class Sentences {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private record Known(Pattern english, String here) {
    Optional<String> told(String sentence) {
      var found = english.matcher(sentence);
      return found.matches() ? Optional.of(filled(found)) : Optional.empty();
    }

    private String filled(Matcher found) {
      return PLACE
          .matcher(here)
          .replaceAll(
              place -> Matcher.quoteReplacement(found.group(1 + place.group().charAt(1) - '0')));
    }
  }

  private final List<Known> known = new ArrayList<>();

  Sentences(Language language) {
    var file = "/console/sentences-" + language.tag() + ".json";
    try (var in = Sentences.class.getResourceAsStream(file)) {
      if (in != null) {
        Json.MAPPER
            .readTree(in)
            .properties()
            .forEach(one -> known.add(known(one.getKey(), one.getValue().stringValue())));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Known known(String english, String here) {
    var pieces = Stream.of(PLACE.split(english, -1)).map(Pattern::quote);
    return new Known(
        Pattern.compile(pieces.collect(Collectors.joining("(.*)")), Pattern.DOTALL), here);
  }

  String told(String sentence) {
    return known.stream().flatMap(one -> one.told(sentence).stream()).findFirst().orElse(sentence);
  }
}
