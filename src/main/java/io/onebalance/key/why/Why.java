package io.onebalance.key.why;

import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;

/// Why this key was chosen for a request, and why some others were not.
public record Why(Instant at, String model, Taken taken, Crowd crowd, List<Other> others) {
  public Why {
    others = List.copyOf(others);
  }

  public String keyId() {
    return taken.keyId();
  }

  /// Why this key, in words.
  public String because() {
    return taken.because();
  }

  /// What keys there were, in words.
  public String pool() {
    return crowd.words();
  }

  /// All of it in one line.
  public String words() {
    var words = new StringJoiner("; ").add(keyId() + " " + because()).add(pool());
    others.forEach(other -> words.add(other.keyId() + " " + other.because()));
    return words.toString();
  }
}
