package io.onebalance.key.why;

import io.onebalance.key.quota.gauge.Level;
import java.util.List;
import java.util.StringJoiner;

/// The key that was chosen, this request counted among those in flight.
public record Taken(String keyId, How how, int inFlight, List<Level> levels) {
  public Taken {
    levels = List.copyOf(levels);
  }

  String because() {
    var words = new StringJoiner(", ").add(how.words()).add(inFlight + " in flight");
    levels.forEach(level -> words.add(level.words()));
    return words.toString();
  }
}
