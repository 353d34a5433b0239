package io.onebalance.provider.limit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// When what a provider counts counts no more. `minute` is how long the shortest of its windows
/// lasts; `turn` whether that rolls or begins anew with the clock, empty where nobody says; `day`
/// when a day begins anew, empty where it rolls or nobody says.
public record Windows(Duration minute, Optional<Turn> turn, Optional<Day> day) {
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

  /// When a day is over.
  public sealed interface Day {
    /// The first moment of the next one.
    Instant end(Instant now);

    /// At midnight in this zone.
    record Midnight(ZoneId zone) implements Day {
      @Override
      public Instant end(Instant now) {
        return now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
      }
    }

    /// What is a day in the provider's words lasts so long, and ends with the clock.
    record Lasting(Duration length) implements Day {
      @Override
      public Instant end(Instant now) {
        var millis = length.toMillis();
        return Instant.ofEpochMilli((now.toEpochMilli() / millis + 1) * millis);
      }
    }
  }

  public Windows {
    if (minute.compareTo(Duration.ofSeconds(1)) < 0
        || minute.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("is " + minute + "; allowed: 1s to 60s");
    }
  }

  /// Of a provider whose day begins anew at midnight in this zone.
  public static Windows ofDay(ZoneId zone) {
    return new Windows(UNTOLD.minute, UNTOLD.turn, Optional.of(new Day.Midnight(zone)));
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

  /// Reads what the catalogue says of a day: its zone, or its length in seconds.
  public Windows withDay(String text) {
    return new Windows(minute, turn, Optional.of(day(text)));
  }

  private static Day day(String text) {
    var digits = Amount.digits(text, 0);
    if (digits > 0 && digits <= 5 && text.substring(digits).equals("s")) {
      var length = Duration.ofSeconds(Amount.value(text, 0, digits));
      if (length.isPositive() && length.compareTo(Duration.ofDays(1)) <= 0) {
        return new Day.Lasting(length);
      }
    }
    try {
      return new Day.Midnight(ZoneId.of(text));
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          "is '"
              + text
              + "'; allowed: a time zone such as America/Los_Angeles or UTC, or 1s to 86400s");
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
