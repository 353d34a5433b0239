package io.onebalance.access;

import io.onebalance.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// Reads one definition of AUTH_KEY: `key`, `key(expiry)`, `key=groups` or `key(expiry)=groups`.
/// Stricter than the seeds, which skipped or cut what they did not understand: a typing error must
/// never widen what a key may do.
final class Grammar {
  /// The last second of the year 9999. A larger number is most likely milliseconds.
  private static final long LATEST_EXPIRY = 253_402_300_799L;

  private static final int LONGEST_EXPIRY = 12;

  private final int place;
  private final UnaryOperator<String> canonicalProvider;
  private Secret key = new Secret("");

  Grammar(int place, UnaryOperator<String> canonicalProvider) {
    this.place = place;
    this.canonicalProvider = canonicalProvider;
  }

  Definition read(String text) throws MalformedAuthKey {
    var equals = text.indexOf('=');
    var subject = (equals < 0 ? text : text.substring(0, equals)).strip();
    var paren = subject.indexOf('(');
    key = new Secret((paren < 0 ? subject : subject.substring(0, paren)).strip());
    checkKey(key.reveal());
    var lastMoment = paren < 0 ? Definition.FOREVER : expiry(subject.substring(paren));
    var groups = equals < 0 ? List.<Group>of() : groups(text.substring(equals + 1).strip());
    return Definition.of(key, lastMoment, label(), groups);
  }

  /// The key as it was read last, for advice about its length.
  Secret key() {
    return key;
  }

  /// What people see of the key: its place, and its last characters where it is long enough.
  String label() {
    return key.tail().isEmpty() ? "key " + place : "key " + place + " " + key.masked();
  }

  private void checkKey(String name) throws MalformedAuthKey {
    if (name.isEmpty()) {
      throw wrong("has no key before its '=' or '('");
    }
    if (name.indexOf(')') >= 0) {
      throw wrong("has a ')' without a '(' before it");
    }
    if (!name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw wrong("has a character that cannot travel in a header; allowed: printable ASCII");
    }
  }

  private Instant expiry(String parenthesised) throws MalformedAuthKey {
    var digits = parenthesised.substring(1, Math.max(1, parenthesised.length() - 1)).strip();
    var wellFormed = parenthesised.endsWith(")") && digits.chars().allMatch(Grammar::isDigit);
    if (!wellFormed || digits.isEmpty() || digits.length() > LONGEST_EXPIRY) {
      throw wrong("has an expiry that is not a number of Unix seconds in parentheses");
    }
    var seconds = Long.parseLong(digits);
    if (seconds > LATEST_EXPIRY) {
      throw wrong("expires after the year 9999; the expiry is in Unix seconds, not milliseconds");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private List<Group> groups(String text) throws MalformedAuthKey {
    if (text.isEmpty()) {
      throw wrong("grants nothing after its '='; without the '=' the key may do everything");
    }
    try {
      return Permissions.groups(text, canonicalProvider);
    } catch (IllegalArgumentException why) {
      throw wrong(String.valueOf(why.getMessage()));
    }
  }

  private MalformedAuthKey wrong(String what) {
    return new MalformedAuthKey(
        "definition %d of AUTH_KEY (%s) %s".formatted(place, key.masked(), what));
  }
}
