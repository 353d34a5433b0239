package io.onebalance.access;

import io.onebalance.access.limit.rules.LimitTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// All gateway keys in force: what AUTH_KEY defines, which is immutable, and what was issued, which
/// changes while it is asked. Thread-safe.
public final class Grants {
  static final int MOST_DEFINITIONS = 1000;

  /// How the settings name a definition: by its place in AUTH_KEY, from 1.
  private static final String PLACE = "key-";

  /// Shorter keys can be guessed.
  private static final int SHORTEST_SAFE_KEY = 20;

  private final List<Definition> definitions;
  private final Map<Digest, List<Definition>> byDigest;
  private final Issued issued;
  private final List<String> warnings;

  private Grants(List<Definition> definitions, Issued issued, List<String> warnings) {
    this.definitions = List.copyOf(definitions);
    this.byDigest = definitions.stream().collect(Collectors.groupingBy(Definition::digest));
    this.issued = issued;
    this.warnings = List.copyOf(warnings);
  }

  /// The same keys with these limits, and those that were issued as well.
  public Grants with(LimitTable limits, Issued more) {
    var limited = new ArrayList<Definition>();
    for (var definition : definitions) {
      var place = PLACE + (limited.size() + 1);
      limited.add(definition.with(limits.of(place, definition.grant().id())));
    }
    return new Grants(limited, more, warnings);
  }

  /// One definition: how the settings name it, what it grants, and until when.
  public record Defined(String place, Grant grant, Optional<Instant> lastMoment) {}

  /// The definitions in their order.
  public List<Defined> defined() {
    return IntStream.range(0, definitions.size()).mapToObj(this::defined).toList();
  }

  private Defined defined(int index) {
    var definition = definitions.get(index);
    var last = Optional.of(definition.lastMoment()).filter(at -> !at.equals(Definition.FOREVER));
    return new Defined(PLACE + (index + 1), definition.grant(), last);
  }

  /// Which of these names no definition has, neither as its place (`key-1`) nor as its id.
  public List<String> unknown(Set<String> names) {
    var known = new HashSet<String>();
    defined().forEach(one -> known.addAll(List.of(one.place(), one.grant().id())));
    return names.stream().filter(name -> !known.contains(name)).sorted().toList();
  }

  /// Reads AUTH_KEY, taking providers by the names they are written with.
  public static Grants parse(String authKey) throws MalformedAuthKey {
    return parse(authKey, UnaryOperator.identity());
  }

  /// Reads AUTH_KEY. `canonicalProvider` turns an alias (`google`) into the provider's slug and
  /// leaves other names alone; it is given lower case.
  public static Grants parse(String authKey, UnaryOperator<String> canonicalProvider)
      throws MalformedAuthKey {
    var definitions = new ArrayList<Definition>();
    var warnings = new ArrayList<String>();
    for (var text : authKey.split(";", -1)) {
      if (!text.isBlank()) {
        var grammar = new Grammar(definitions.size() + 1, canonicalProvider);
        var definition = grammar.read(text.strip());
        advise(definitions, definition, grammar, warnings);
        definitions.add(definition);
      }
    }
    checkCount(definitions.size());
    return new Grants(definitions, Issued.none(), warnings);
  }

  private static void checkCount(int count) throws MalformedAuthKey {
    if (count == 0) {
      throw new MalformedAuthKey("AUTH_KEY defines no key");
    }
    if (count > MOST_DEFINITIONS) {
      throw new MalformedAuthKey(
          "AUTH_KEY has %d definitions; allowed: up to %d".formatted(count, MOST_DEFINITIONS));
    }
  }

  private static void advise(
      List<Definition> earlier, Definition definition, Grammar grammar, List<String> warnings) {
    if (grammar.key().reveal().length() < SHORTEST_SAFE_KEY) {
      warnings.add(
          "AUTH_KEY: %s is shorter than %d characters and may be guessed"
              .formatted(grammar.label(), SHORTEST_SAFE_KEY));
    }
    if (earlier.stream().anyMatch(other -> other.digest().equals(definition.digest()))) {
      warnings.add(
          "AUTH_KEY: %s is defined more than once; the first that has not expired counts"
              .formatted(grammar.label()));
    }
  }

  /// Lets a caller in by the first of the presented keys that is in force. All of them are looked
  /// up, by their digests, whatever was found before: see [Digest] for why this tells nothing.
  public Admission admit(List<String> presented, Instant now) {
    Admission best = presented.isEmpty() ? Admission.MISSING : Admission.UNKNOWN;
    for (var key : presented) {
      best = better(best, judge(key, now));
    }
    return best;
  }

  /// What a person who runs the gateway should know about these keys.
  public List<String> warnings() {
    return warnings;
  }

  /// Of several definitions of one key the first that has not expired counts.
  private Admission judge(String presented, Instant now) {
    Admission best = issued.admit(presented, now);
    for (var definition : byDigest.getOrDefault(Digest.ofKey(presented), List.of())) {
      best = better(best, answer(definition, now));
    }
    return best;
  }

  private static Admission answer(Definition definition, Instant now) {
    return definition.expired(now) ? Admission.EXPIRED : new Admission.Admitted(definition.grant());
  }

  /// Admitted beats expired, expired beats unknown; of equals the earlier stays.
  private static Admission better(Admission one, Admission other) {
    return rank(other) > rank(one) ? other : one;
  }

  private static int rank(Admission admission) {
    return switch (admission) {
      case Admission.Admitted _ -> 2;
      case Admission.Refused refused -> refused.equals(Admission.EXPIRED) ? 1 : 0;
    };
  }
}
