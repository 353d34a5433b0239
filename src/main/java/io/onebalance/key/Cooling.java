package io.onebalance.key;

import java.time.Duration;
import java.time.Instant;

/// A running rest of a key, for one model or as a whole. `total` sums this and the earlier rests
/// since the key last served the model; `strikes` counts the limits in a row that told no time.
public record Cooling(Instant until, Duration total, String reason, int strikes) {
  /// The name under which a rest of the whole key stands among the rests of models.
  public static final String WHOLE_KEY = "*";

  /// No rest lasts longer, whatever a provider says.
  public static final Duration LONGEST = Duration.ofHours(24);

  /// The model that a request names. "*" names none: it is the whole key among the models.
  public static String modelNamed(String asked) {
    return asked.equals(WHOLE_KEY) ? "" : asked;
  }

  /// The end of this rest, or the latest end that a rest may have from now.
  public Instant within(Instant now) {
    var latest = now.plus(LONGEST);
    return until.isAfter(latest) ? latest : until;
  }

  public boolean runs(Instant now) {
    return until.isAfter(now);
  }
}
