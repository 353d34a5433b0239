package io.onebalance.store.issue;

import java.time.Instant;
import java.util.Optional;

/// The last word about one key, known by its hash in hexadecimal digits. Of two, the one with the
/// higher number is the later one.
record End(String hash, long seq, Word word, Instant from) {
  /// What was said.
  enum Word {
    /// It opens nothing from that time on, and never will.
    REVOKED,
    DISABLED,
    ENABLED
  }

  private static final int PARTS = 4;

  boolean isLaterThan(End other) {
    return seq > other.seq;
  }

  /// The same, as if it had been said before.
  End earlier() {
    return new End(hash, seq - 1, word, from);
  }

  String line() {
    return seq + " " + word + " " + from.getEpochSecond() + " " + hash;
  }

  /// Reads what [#line] wrote, or nothing of a line that is not whole.
  static Optional<End> parse(String line) {
    var parts = line.split(" ", -1);
    try {
      return parts.length == PARTS
          ? Optional.of(
              new End(
                  parts[3],
                  Long.parseLong(parts[0]),
                  Word.valueOf(parts[1]),
                  Instant.ofEpochSecond(Long.parseLong(parts[2]))))
          : Optional.empty();
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
