package io.onebalance.program.tell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onebalance.ledger.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/// Takes out of entries what clients wrote in place of a model and nobody else may see, before they
/// are told to somebody outside (S24). Not thread-safe: one thread tells of entries.
final class Discretion {
  static final String HIDDEN = "(hidden)";

  /// So many new names are looked at in one lot, as each look is at all keys; of somebody who makes
  /// up more, the rest is hidden unseen.
  static final int MOST_NEW = 100;

  private static final int REMEMBERED = 10_000;

  private final Predicate<String> secret;

  /// What is shown for a name.
  private final Cache<String, String> shown = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private int looks;

  Discretion(Predicate<String> secret) {
    this.secret = secret;
  }

  /// These entries without what is secret.
  List<Entry> of(List<Entry> entries) {
    looks = 0;
    var discreet = new ArrayList<Entry>(entries.size());
    entries.forEach(entry -> discreet.add(entry.naming(this::word)));
    return discreet;
  }

  private String word(String word) {
    var known = shown.getIfPresent(word);
    if (word.isEmpty() || known != null) {
      return Objects.requireNonNullElse(known, word);
    }
    if (looks == MOST_NEW) {
      return HIDDEN;
    }
    looks++;
    var found = secret.test(word) ? HIDDEN : word;
    shown.put(word, found);
    return found;
  }
}
