package io.onebalance.provider.limit;

import io.onebalance.http.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long a provider asks to wait, in the many ways that providers say it. Nonsense (negative,
/// NaN, in the past) is no hint; what is absurdly long is cut to [#LONGEST].
public final class Hints {
  /// No quota lasts longer than a month.
  public static final Duration LONGEST = Duration.ofDays(31);

  /// From here on a bare number is a moment (seconds since 1970), and from [#MILLIS] in
  /// milliseconds.
  private static final BigDecimal MOMENT = new BigDecimal(1_000_000_000L);

  private static final BigDecimal MILLIS = new BigDecimal(100_000_000_000L);
  private static final BigDecimal NO_MOMENT = new BigDecimal(100_000_000_000_000L);

  private static final String MAGNITUDE = "\\d{1,20}(?:\\.\\d{1,20})?";

  private static final String UNIT =
      "(?:ns|us|µs|ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)";

  private static final Pattern NUMBER = Pattern.compile(MAGNITUDE);

  private static final Pattern PART =
      Pattern.compile(
          "\\s*(" + MAGNITUDE + ")\\s*(" + UNIT + ")(?![a-z])", Pattern.CASE_INSENSITIVE);

  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "\\s?(Z|UTC|[+-]\\d{2}:\\d{2})?)?");

  /// A number alone: no time of the day (`3pm`, `5:30`), no date (`12/01`), nothing in a longer
  /// unit.
  private static final String BARE_SECONDS =
      "(?>" + MAGNITUDE + ")(?!\\w|[.,:/-]\\w|\\s?(?:[ap]\\.?m\\b|(?:week|month|year)s?\\b))";

  private static final Pattern IN_TEXT =
      Pattern.compile(
          "\\b(?:try again|retry|resets?|regain access|available again|wait)\\b"
              + "(?: (?:in|after|at|on|for|approximately|about))*\\s*[:~]?\\s*"
              + "(\\d{4}-\\d{2}-\\d{2}[0-9TZ:. +-]{0,30}|(?:"
              + MAGNITUDE
              + "\\s?"
              + UNIT
              + "(?![a-z])[ ,]?){1,5}|"
              + BARE_SECONDS
              + ")",
          Pattern.CASE_INSENSITIVE);

  private Hints() {}

  /// `retry-after-ms` or `retry-after`: seconds, also with a fraction, or a date.
  public static Optional<Duration> retryAfter(Fields headers, Instant now) {
    var millis = number(headers.first("retry-after-ms")).map(n -> length(n, "ms"));
    return millis.isPresent() ? millis : value(headers.first("retry-after"), now);
  }

  /// What a sentence tells: `try again in 7m12s`, `resets in ~30s`, `regain access on 2026-12-01`.
  public static Optional<Duration> inText(String message, Instant now) {
    var found = IN_TEXT.matcher(message);
    return found.find() ? value(found.group(1).strip(), now) : Optional.empty();
  }

  /// Any single value: a duration with units, bare seconds, a moment in seconds or milliseconds
  /// since 1970, an RFC 3339 or HTTP date.
  public static Optional<Duration> value(@Nullable String text, Instant now) {
    if (text == null || text.length() > 64) {
      return Optional.empty();
    }
    var number = number(text);
    if (number.isPresent()) {
      return ofNumber(number.get(), now);
    }
    var duration = duration(text);
    return duration.isPresent() ? duration : date(text, now);
  }

  /// A duration with units: `34.07s`, `900ms`, `1h2m3.5s`, `26 seconds`.
  public static Optional<Duration> duration(String text) {
    var parts = PART.matcher(text);
    var total = Duration.ZERO;
    var end = 0;
    while (end < text.length() && parts.find(end) && parts.start() == end) {
      total = cut(total.plus(length(new BigDecimal(parts.group(1)), parts.group(2))));
      end = parts.end();
    }
    return end > 0 && text.substring(end).isBlank() ? Optional.of(total) : Optional.empty();
  }

  private static Optional<BigDecimal> number(@Nullable String text) {
    return text != null && NUMBER.matcher(text.strip()).matches()
        ? Optional.of(new BigDecimal(text.strip()))
        : Optional.empty();
  }

  private static Optional<Duration> ofNumber(BigDecimal number, Instant now) {
    if (number.compareTo(MOMENT) < 0 || number.compareTo(NO_MOMENT) >= 0) {
      return Optional.of(length(number, "s"));
    }
    var millis = number.compareTo(MILLIS) < 0 ? number.movePointRight(3) : number;
    return until(Instant.ofEpochMilli(millis.longValue()), now);
  }

  private static Optional<Duration> date(String text, Instant now) {
    var found = DATE.matcher(text);
    if (found.lookingAt()) {
      return parsed(() -> iso(found.group(1), found.group(2), found.group(3)), now);
    }
    return parsed(() -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from), now);
  }

  private static Instant iso(String day, @Nullable String time, @Nullable String zone) {
    if (time == null) {
      return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    var offset = zone == null || zone.equalsIgnoreCase("UTC") ? "Z" : zone;
    return OffsetDateTime.parse(day + "T" + time + offset).toInstant();
  }

  private static Optional<Duration> parsed(Supplier<Instant> date, Instant now) {
    try {
      return until(date.get(), now);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> until(Instant moment, Instant now) {
    return moment.isAfter(now) ? Optional.of(cut(Duration.between(now, moment))) : Optional.empty();
  }

  private static Duration length(BigDecimal amount, String unit) {
    var nanos = amount.multiply(new BigDecimal(nanos(unit.toLowerCase(Locale.ROOT))));
    var longest = new BigDecimal(LONGEST.toNanos());
    return Duration.ofNanos(nanos.min(longest).setScale(0, RoundingMode.UP).longValueExact());
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1_000;
      case "ms", "millisecond", "milliseconds" -> 1_000_000;
      case "m", "min", "mins", "minute", "minutes" -> 60_000_000_000L;
      case "h", "hr", "hrs", "hour", "hours" -> 3_600_000_000_000L;
      case "d", "day", "days" -> 86_400_000_000_000L;
      // The pattern of units leaves only the words for seconds.
      default -> 1_000_000_000;
    };
  }

  private static Duration cut(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }
}
