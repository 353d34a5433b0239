package io.onebalance.key.why;

import io.onebalance.key.quota.gauge.Level;
import java.util.List;
import java.util.StringJoiner;

/// A key that was not chosen.
///
/// @param levels how far its limits were used up, where that was asked for
public record Other(String keyId, Keeps keeps, List<Level> levels) {
  public Other {
    levels = List.copyOf(levels);
  }

  public String because() {
    var words = new StringJoiner(", ").add(keeps.words());
    levels.forEach(level -> words.add(level.words()));
    return words.toString();
  }
}
