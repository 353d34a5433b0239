package io.onebalance.provider.errors.rule;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Quota;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Resets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a 429 tells of the limit it met: the window, how long to rest, which quota. Google's are
/// told apart by [GoogleErrors].
public final class RateLimits {
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

  private static final Pattern CONCURRENCY =
      Pattern.compile(
          "\\bconcurren(?:t|cy)\\b|\\bin[ -]flight\\b|\\bsimultaneous(?:ly)?\\b", flags());

  /// `Limit: 1 concurrent requests`, `max organization concurrency: 3`.
  private static final Pattern AT_ONCE =
      Pattern.compile(
          "\\blimit(?: is| of)?:? ?(\\d{1,9})\\b|\\bconcurrency(?: limit)?(?: is| of)?:?"
              + " ?(\\d{1,9})\\b",
          flags());

  private RateLimits() {}

  public static Verdict.Limited of(Complaint complaint) {
    return CONCURRENCY.matcher(complaint.message()).find()
            && spoken(complaint.message()) == Window.UNKNOWN
        ? concurrent(complaint)
        : ofWindow(complaint);
  }

  /// Too many at once is over as soon as one ends.
  public static Verdict.Limited concurrent(Complaint complaint) {
    var rest = Meanings.hint(complaint).orElse(Resets.UNTIL_A_CALL_ENDS);
    var quota = new Quota("concurrency", atOnce(complaint.message()));
    return new Verdict.Limited(Window.UNKNOWN, Optional.of(rest), Optional.of(quota));
  }

  private static Optional<Long> atOnce(String message) {
    var found = AT_ONCE.matcher(message);
    return found.find()
        ? Optional.of(Long.parseLong(found.group(1) == null ? found.group(2) : found.group(1)))
        : Optional.empty();
  }

  private static Verdict.Limited ofWindow(Complaint complaint) {
    var described = described(complaint);
    var spoken = spoken(complaint.message());
    var window =
        spoken == Window.UNKNOWN ? described.map(Allowance::window).orElse(spoken) : spoken;
    return new Verdict.Limited(window, rest(complaint, described), quota(complaint, described));
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

  /// When a day or a month ends of which nothing else is told, is no word of the provider's.
  private static Optional<Duration> rest(Complaint complaint, Optional<Allowance> described) {
    return Meanings.hint(complaint).or(() -> described.flatMap(d -> rest(complaint, d)));
  }

  private static Optional<Quota> quota(Complaint complaint, Optional<Allowance> described) {
    var named = NAMED.matcher(complaint.message());
    var id =
        named.find()
            ? Optional.of(named.group(1).toLowerCase(Locale.ROOT))
            : Optional.<String>empty();
    return id.or(() -> described.map(Allowance::id))
        .map(name -> new Quota(name, value(complaint.message())));
  }

  private static Optional<Long> value(String message) {
    var found = VALUE.matcher(message);
    return found.find() ? Optional.of(Long.parseLong(found.group(1))) : Optional.empty();
  }

  /// The limit that is used up by what the fields say, of several the one that lasts longest.
  private static Optional<Allowance> described(Complaint complaint) {
    return complaint.limits().read(complaint.headers(), complaint.now()).stream()
        .filter(limit -> limit.remaining() == 0 && rest(complaint, limit).isPresent())
        .max(Comparator.comparing(limit -> limit.reset().orElse(Instant.MIN)));
  }

  private static Optional<Duration> rest(Complaint complaint, Allowance limit) {
    return limit.reset().map(reset -> Duration.between(complaint.now(), reset));
  }

  private static int flags() {
    return Pattern.CASE_INSENSITIVE;
  }
}
