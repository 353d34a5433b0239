package io.onebalance.provider.errors.vendor;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.limit.Resets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What Google's errors mean. Rows are tried from the top; where none fits, the bare status decides
/// (404 is the client's, 503 is an overload, 500 and 504 are faults).
public final class GoogleErrors {
  private record Row(Predicate<GoogleError> fits, Function<GoogleError, Verdict> meaning) {}

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Pattern INVALID =
      starts("API key not valid|API key expired|API Key not found");
  private static final Pattern TWO_CREDENTIALS =
      anywhere("Multiple authentication credentials received");
  private static final Pattern LOCATION = starts("User location is not supported");
  private static final Pattern BILLING = anywhere("free tier|enable billing|billing account");
  private static final Pattern LEAKED = starts("Your API key was reported as leaked");
  private static final Pattern SUSPENDED =
      starts("Permission denied: Consumer '[^']{0,200}' has been suspended");
  private static final Pattern ONE_THING = Pattern.compile("tunedModels/|files/|cachedContents/");
  private static final Pattern ONE_THING_SAID =
      anywhere(
          "permission to access (?:the )?(?:file|tuned ?model|cached ?content)|CachedContent not"
              + " found");

  private static final List<Row> TABLE =
      List.of(
          row(
              e -> isPage(e) && e.isAt(401, 403, 429),
              astray("Google's front answered with a page")),
          row(e -> e.isAt(400, 401, 403) && e.because("API_KEY_INVALID"), dead(Reason.INVALID)),
          row(e -> e.isAt(400) && e.says(INVALID), dead(Reason.INVALID)),
          row(e -> e.isAt(400) && e.says(TWO_CREDENTIALS), astray("two credentials were sent")),
          row(e -> e.isAt(400, 403) && e.says(LOCATION), astray("the location is not supported")),
          row(
              e -> e.isAt(400) && isPrecondition(e) && e.says(BILLING),
              unpaid("billing is not enabled")),
          row(e -> e.isAt(400), _ -> new Verdict.Mistaken("invalid argument")),
          row(e -> e.isAt(401), _ -> new Verdict.Doubted("unauthenticated")),
          row(e -> e.isAt(402), unpaid("the prepaid credit is used up")),
          row(e -> e.isAt(403) && e.says(LEAKED), dead(Reason.LEAKED)),
          row(e -> e.isAt(403) && e.because("CONSUMER_SUSPENDED"), dead(Reason.SUSPENDED)),
          row(e -> e.isAt(403) && e.says(SUSPENDED), dead(Reason.SUSPENDED)),
          row(
              e -> e.isAt(403) && e.because("SERVICE_DISABLED", "ACCESSNOTCONFIGURED"),
              dead(Reason.API_DISABLED)),
          row(e -> e.isAt(403) && e.because("BILLING_DISABLED"), unpaid("billing is not enabled")),
          row(e -> e.isAt(403) && isRestricted(e), dead(Reason.RESTRICTED)),
          row(
              e -> e.isAt(403) && isOfOneThing(e),
              _ -> new Verdict.Mistaken("belongs to another project")),
          row(e -> e.isAt(403), _ -> new Verdict.Doubted("permission denied")),
          row(e -> e.because("INSUFFICIENT_G1_CREDITS_BALANCE"), unpaid("the credit is used up")),
          row(GoogleErrors::isCapacity, e -> new Verdict.Overloaded("no capacity", e.delay())),
          row(
              e -> e.isAt(429) && e.hasNoQuota(),
              _ -> new Verdict.NoAccess("no quota for this model", Resets.WITHOUT_ACCESS)),
          row(e -> e.isAt(429) && e.isDaily(), GoogleErrors::untilMidnight),
          row(e -> e.isAt(429) && e.delay().isPresent(), e -> limited(e, e.delay())),
          row(e -> e.isAt(429) && e.isByMinute(), e -> limited(e, Optional.of(MINUTE))),
          row(e -> e.isAt(429), e -> limited(e, Optional.empty())));

  private GoogleErrors() {}

  public static Optional<Verdict> verdict(Complaint complaint) {
    var error = GoogleError.of(complaint);
    return TABLE.stream()
        .filter(row -> row.fits().test(error))
        .findFirst()
        .map(row -> row.meaning().apply(error));
  }

  /// A daily quota wins over any short delay beside it, which Google does send; whoever wants to
  /// know sooner asks once.
  private static Verdict untilMidnight(GoogleError error) {
    var rest = Resets.midnightPacific(error.complaint().now());
    return new Verdict.Limited(Window.DAY, Optional.of(rest), error.quota());
  }

  private static Verdict limited(GoogleError error, Optional<Duration> rest) {
    var window = error.isByMinute() ? Window.MINUTE : longWindow(error);
    return new Verdict.Limited(window, rest, error.quota());
  }

  private static Window longWindow(GoogleError error) {
    return error.because("RESOURCE_QUOTA_EXCEEDED", "QUOTA_EXHAUSTED")
        ? Window.DAY
        : Window.UNKNOWN;
  }

  private static boolean isPage(GoogleError error) {
    return error.complaint().body().isPage();
  }

  private static boolean isPrecondition(GoogleError error) {
    return error.complaint().body().has("failed_precondition");
  }

  private static boolean isRestricted(GoogleError error) {
    return error.because(
        "API_KEY_SERVICE_BLOCKED",
        "API_KEY_HTTP_REFERRER_BLOCKED",
        "API_KEY_IP_ADDRESS_BLOCKED",
        "API_KEY_ANDROID_APP_BLOCKED",
        "API_KEY_IOS_APP_BLOCKED");
  }

  /// Files, cached contents and tuned models belong to a project: a stranger's key is refused one
  /// of them and is good for everything else.
  private static boolean isOfOneThing(GoogleError error) {
    return ONE_THING.matcher(error.complaint().answer().path()).find()
        || error.says(ONE_THING_SAID);
  }

  private static boolean isCapacity(GoogleError error) {
    return error.isAt(429, 503)
        && error.because("MODEL_CAPACITY_EXHAUSTED", "MODEL_CAPACITY_EXCEEDED");
  }

  private static Row row(Predicate<GoogleError> fits, Function<GoogleError, Verdict> meaning) {
    return new Row(fits, meaning);
  }

  private static Function<GoogleError, Verdict> dead(String reason) {
    return _ -> new Verdict.Dead(reason);
  }

  private static Function<GoogleError, Verdict> astray(String why) {
    return _ -> new Verdict.Astray(why);
  }

  private static Function<GoogleError, Verdict> unpaid(String reason) {
    return e -> new Verdict.Exhausted(reason, e.delay().orElse(Resets.UNTIL_PAID));
  }

  private static Pattern starts(String text) {
    return Pattern.compile("^\\s*(?:" + text + ")", Pattern.CASE_INSENSITIVE);
  }

  private static Pattern anywhere(String text) {
    return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
  }
}
