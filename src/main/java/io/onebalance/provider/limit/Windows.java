package io.onebalance.provider.limit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// When what a provider counts counts no more. `minute` is how long the shortest of its windows
/// lasts; `turn` whether that rolls or begins anew with the clock, empty where nobody says; `day`
/// the zone in which a day begins anew at midnight, empty where it rolls or nobody says.
public record Windows(Duration minute, Optional<Turn> turn, Optional<ZoneId> day) {
  /// Of a provider that says nothing.
  public static final Windows UNTOLD =
      new Windows(Duration.ofMinutes(1), Optional.empty(), Optional.empty());

  /// How a window ends.
  public enum Turn {
    /// Each request counts for the whole of its length.
    ROLLING,
    /// All that is in it counts until the clock shows a full one.
    CLOCK
  }

  public Windows {
    if (minute.compareTo(Duration.ofSeconds(1)) < 0
        || minute.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("is " + minute + "; allowed: 1s to 60s");
    }
  }

  /// Of a provider whose day begins anew at midnight in this zone.
  public static Windows ofDay(ZoneId zone) {
    return new Windows(UNTOLD.minute, UNTOLD.turn, Optional.of(zone));
  }

  /// Reads what the catalogue says of a minute: `rolling`, `clock`, its length in seconds, or both.
  public Windows withMinute(String text) {
    var length = minute;
    var ends = turn;
    for (var word : text.split(" ", -1)) {
      switch (word) {
        case "rolling" -> ends = Optional.of(Turn.ROLLING);
        case "clock" -> ends = Optional.of(Turn.CLOCK);
        // Anything else has to be a length.
        default -> length = seconds(word);
      }
    }
    return new Windows(length, ends, day);
  }

  /// Reads the zone of a day.
  public Windows withDay(String zone) {
    try {
      return new Windows(minute, turn, Optional.of(ZoneId.of(zone)));
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          "is '" + zone + "'; allowed: a time zone such as America/Los_Angeles or UTC");
    }
  }

  private static Duration seconds(String word) {
    var digits = Amount.digits(word, 0);
    if (digits == 0 || digits > 2 || !word.substring(digits).equals("s")) {
      throw new IllegalArgumentException("has '" + word + "'; allowed: rolling, clock, 1s to 60s");
    }
    return Duration.ofSeconds(Amount.value(word, 0, digits));
  }
}
