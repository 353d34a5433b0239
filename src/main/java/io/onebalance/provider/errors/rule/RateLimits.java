package io.onebalance.provider.errors.rule;

import io.onebalance.provider.Verdict;
import io.onebalance.provider.Verdict.Quota;
import io.onebalance.provider.Verdict.Window;
import io.onebalance.provider.limit.Hints;
import io.onebalance.provider.limit.Resets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a 429 tells of the limit it met: the window, how long to rest, which quota. Google's are
/// told apart by [GoogleErrors].
public final class RateLimits {
  /// A limit that answers describe in two fields: what is left, and when it is full again.
  private record Described(String id, String remaining, String reset, Window window) {}

  private static final List<Described> DESCRIBED =
      List.of(
          new Described(
              "requests-day",
              "x-ratelimit-remaining-requests-day",
              "x-ratelimit-reset-requests-day",
              Window.DAY),
          new Described(
              "tokens-minute",
              "x-ratelimit-remaining-tokens-minute",
              "x-ratelimit-reset-tokens-minute",
              Window.MINUTE),
          openai("requests"),
          openai("tokens"),
          anthropic("requests"),
          anthropic("input-tokens"),
          anthropic("output-tokens"),
          anthropic("tokens"),
          new Described("unified", "", "anthropic-ratelimit-unified-reset", Window.UNKNOWN),
          new Described("requests", "x-ratelimit-remaining", "x-ratelimit-reset", Window.UNKNOWN));

  private static final Pattern NAMED =
      Pattern.compile("\\((RPM|TPM|IPM|RPD|TPD|RPH|TPH|ASH|ASD)\\)");

  private static final Pattern VALUE =
      Pattern.compile("\\blimit(?: is)?:? ?(\\d{1,15})\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern DAY =
      Pattern.compile("\\bper[ _-]?day\\b|\\bdaily\\b|\\((?:RPD|TPD|ASD)\\)", flags());

  private static final Pattern MINUTE =
      Pattern.compile("\\bper[ _-]?min(?:ute)?\\b|\\((?:RPM|TPM|IPM)\\)", flags());

  private static final Pattern MONTH =
      Pattern.compile("\\bper[ _-]?month\\b|/ ?month\\b|\\bmonthly\\b", flags());

  private RateLimits() {}

  public static Verdict.Limited of(Complaint complaint) {
    var described = described(complaint);
    var spoken = spoken(complaint.message());
    var window =
        spoken == Window.UNKNOWN ? described.map(Described::window).orElse(spoken) : spoken;
    return new Verdict.Limited(
        window, rest(complaint, described, window), quota(complaint, described));
  }

  /// The window that a message speaks of. The longest wins: whoever names a month and a minute
  /// waits for the month.
  public static Window spoken(String message) {
    if (MONTH.matcher(message).find()) {
      return Window.MONTH;
    }
    if (DAY.matcher(message).find()) {
      return Window.DAY;
    }
    return MINUTE.matcher(message).find() ? Window.MINUTE : Window.UNKNOWN;
  }

  private static Optional<Duration> rest(
      Complaint complaint, Optional<Described> described, Window window) {
    return Meanings.hint(complaint)
        .or(() -> described.flatMap(d -> reset(complaint, d)))
        .or(() -> untilWindowEnds(complaint, window));
  }

  private static Optional<Duration> untilWindowEnds(Complaint complaint, Window window) {
    return switch (window) {
      case DAY -> Optional.of(Resets.midnightUtc(complaint.now()));
      case MONTH -> Optional.of(Resets.monthUtc(complaint.now()));
      case MINUTE, UNKNOWN -> Optional.empty();
    };
  }

  private static Optional<Quota> quota(Complaint complaint, Optional<Described> described) {
    var named = NAMED.matcher(complaint.message());
    var id =
        named.find()
            ? Optional.of(named.group(1).toLowerCase(Locale.ROOT))
            : Optional.<String>empty();
    return id.or(() -> described.map(Described::id))
        .map(name -> new Quota(name, value(complaint.message())));
  }

  private static Optional<Long> value(String message) {
    var found = VALUE.matcher(message);
    return found.find() ? Optional.of(Long.parseLong(found.group(1))) : Optional.empty();
  }

  /// The described limit that is used up, of several the one that lasts longest.
  private static Optional<Described> described(Complaint complaint) {
    return DESCRIBED.stream()
        .filter(limit -> isUsedUp(complaint, limit) && reset(complaint, limit).isPresent())
        .reduce((a, b) ->
            reset(complaint, b).orElseThrow().compareTo(reset(complaint, a).orElseThrow()) > 0
                ? b
                : a);
  }

  private static boolean isUsedUp(Complaint complaint, Described limit) {
    return limit.remaining().isEmpty() || "0".equals(complaint.headers().first(limit.remaining()));
  }

  private static Optional<Duration> reset(Complaint complaint, Described limit) {
    return Hints.value(complaint.headers().first(limit.reset()), complaint.now());
  }

  private static Described openai(String what) {
    return new Described(
        what, "x-ratelimit-remaining-" + what, "x-ratelimit-reset-" + what, Window.UNKNOWN);
  }

  private static Described anthropic(String what) {
    var start = "anthropic-ratelimit-" + what;
    return new Described(what, start + "-remaining", start + "-reset", Window.MINUTE);
  }

  private static int flags() {
    return Pattern.CASE_INSENSITIVE;
  }
}
