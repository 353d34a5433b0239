package io.onebalance.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// All gateway keys in force: what AUTH_KEY defines. Immutable, so it may be shared by threads.
public final class Grants {
  /// Every request is compared with every definition, so there may not be any number of them.
  static final int MOST_DEFINITIONS = 1000;

  /// Shorter keys can be guessed.
  private static final int SHORTEST_SAFE_KEY = 20;

  private final List<Definition> definitions;
  private final List<String> warnings;

  private Grants(List<Definition> definitions, List<String> warnings) {
    this.definitions = List.copyOf(definitions);
    this.warnings = List.copyOf(warnings);
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
    return new Grants(definitions, warnings);
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
    if (earlier.stream().anyMatch(definition::repeats)) {
      warnings.add(
          "AUTH_KEY: %s is defined more than once; the first that has not expired counts"
              .formatted(grammar.label()));
    }
  }

  /// Lets a caller in by the first of the presented keys that is in force. Every presented key is
  /// compared with every definition, whatever was found before, so that the time taken tells
  /// nothing.
  public Admission admit(List<String> presented, Instant now) {
    Admission best = presented.isEmpty() ? Admission.MISSING : Admission.UNKNOWN;
    for (var key : presented) {
      best = better(best, judge(Definition.digest(key), now));
    }
    return best;
  }

  /// What a person who runs the gateway should know about these keys.
  public List<String> warnings() {
    return warnings;
  }

  /// Of several definitions of one key the first that has not expired counts.
  private Admission judge(byte[] presented, Instant now) {
    Admission best = Admission.UNKNOWN;
    for (var definition : definitions) {
      var same = definition.isFor(presented);
      best = same ? better(best, answer(definition, now)) : best;
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
