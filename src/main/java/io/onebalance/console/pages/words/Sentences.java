package io.onebalance.console.pages.words;

import io.onebalance.console.json.Json;
import io.onebalance.console.pages.words.Taste.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What other rooms say, in the language of the page. They say it in English, to programs as well;
/// a sentence is recognised by its pattern, in which `{0}`, `{1}` … stand for what it speaks of, be
/// it another sentence. One that is not known stays as it is, which is what English has for all of
/// them.
public final class Sentences {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private record Known(Pattern english, String here) {
    Optional<MatchResult> in(String sentence) {
      var found = english.matcher(sentence);
      return found.matches() ? Optional.of(found.toMatchResult()) : Optional.empty();
    }
  }

  private final List<Known> known = new ArrayList<>();

  Sentences(Language language) {
    try (var in = Sentences.class.getResourceAsStream(file(language))) {
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

  /// Where they stand, if the language has any.
  public static String file(Language language) {
    return "/console/sentences-" + language.tag() + ".json";
  }

  String told(String sentence) {
    for (var one : known) {
      var found = one.in(sentence);
      if (found.isPresent()) {
        return filled(one.here, found.get());
      }
    }
    return sentence;
  }

  /// What a sentence speaks of is shorter than itself, so this ends.
  private String filled(String here, MatchResult found) {
    return PLACE
        .matcher(here)
        .replaceAll(place ->
            Matcher.quoteReplacement(told(found.group(1 + place.group().charAt(1) - '0'))));
  }
}
