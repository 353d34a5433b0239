package io.onebalance.store.history.log;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Entry.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lists in a row, as JSON: who was asked, and what was dropped.
final class Attempts {
  static final String SERVED = "served";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Attempts() {}

  /// The attempt of a request that was served at the first try: it needs no list.
  static Optional<Attempt> only(Entry entry) {
    if (entry.attempts().size() != 1) {
      return Optional.empty();
    }
    var attempt = entry.attempts().getFirst();
    return attempt.verdict().equals(SERVED)
            && attempt.keyId().equals(entry.served().keyId())
            && attempt.provider().equals(entry.served().provider())
        ? Optional.of(attempt)
        : Optional.empty();
  }

  /// `[[provider, key, verdict, after, took], …]`, in milliseconds.
  static String json(List<Attempt> attempts) {
    var all = JSON.createArrayNode();
    for (var attempt : attempts) {
      all.addArray()
          .add(attempt.provider())
          .add(attempt.keyId())
          .add(attempt.verdict())
          .add(attempt.after().toMillis())
          .add(attempt.took().toMillis());
    }
    return all.toString();
  }

  static List<Attempt> read(String json) {
    var attempts = new ArrayList<Attempt>();
    for (var one : JSON.readTree(json).values()) {
      attempts.add(attempt(one));
    }
    return attempts;
  }

  private static Attempt attempt(JsonNode one) {
    return new Attempt(
        one.path(0).asString(),
        one.path(1).asString(),
        one.path(2).asString(),
        Duration.ofMillis(one.path(3).asLong()),
        Duration.ofMillis(one.path(4).asLong()));
  }

  static String list(List<String> words) {
    var all = JSON.createArrayNode();
    words.forEach(all::add);
    return all.toString();
  }

  static List<String> words(@Nullable String json) {
    var words = new ArrayList<String>();
    if (json != null) {
      JSON.readTree(json).values().forEach(word -> words.add(word.asString()));
    }
    return words;
  }
}
