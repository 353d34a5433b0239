package io.onebalance.provider.errors.rule;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Hints;
import io.onebalance.provider.limit.Resets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The right-hand sides of the tables.
public final class Meanings {
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private Meanings() {}

  public static Function<Complaint, Verdict> dead(String reason) {
    return _ -> new Verdict.Dead(reason);
  }

  public static Function<Complaint, Verdict> doubted(String reason) {
    return _ -> new Verdict.Doubted(reason);
  }

  public static Function<Complaint, Verdict> mistaken(String why) {
    return _ -> new Verdict.Mistaken(why);
  }

  public static Function<Complaint, Verdict> astray(String why) {
    return _ -> new Verdict.Astray(why);
  }

  /// The road wants to be left alone: for as long as it says, else for `otherwise`.
  public static Function<Complaint, Verdict> astray(String why, Duration otherwise) {
    return c -> new Verdict.Astray(why, Optional.of(hint(c).orElse(otherwise)));
  }

  public static Function<Complaint, Verdict> faulted(String why) {
    return _ -> new Verdict.Faulted(why);
  }

  public static Function<Complaint, Verdict> noAccess(String why) {
    return _ -> new Verdict.NoAccess(why, Resets.WITHOUT_ACCESS);
  }

  /// What is left pays for less than was asked, and so perhaps for the next request.
  public static Function<Complaint, Verdict> tooDear() {
    return _ -> new Verdict.Exhausted("what is left does not pay for so much", A_WHILE);
  }

  public static Function<Complaint, Verdict> unpermitted(String why) {
    return _ -> new Verdict.Unpermitted(why);
  }

  public static Function<Complaint, Verdict> overloaded(String why) {
    return c -> new Verdict.Overloaded(why, hint(c));
  }

  public static Function<Complaint, Verdict> limited() {
    return RateLimits::of;
  }

  /// Credit is gone: until the provider's hint, else until somebody pays.
  public static Function<Complaint, Verdict> unpaid(String reason) {
    return exhausted(reason, (_, _) -> Resets.UNTIL_PAID);
  }

  /// A monthly limit: until the provider's hint, else until the month begins.
  public static Function<Complaint, Verdict> spentThisMonth(String reason) {
    return exhausted(reason, (_, now) -> Resets.monthUtc(now));
  }

  /// A daily allowance of the whole account: until the provider's hint, else until 00:00 UTC.
  public static Function<Complaint, Verdict> spentToday(String reason) {
    return exhausted(reason, (_, now) -> Resets.midnightUtc(now));
  }

  /// The provider's own word on when to come back: a field, else the message.
  public static Optional<Duration> hint(Complaint complaint) {
    var told = Hints.retryAfter(complaint.headers(), complaint.now());
    return told.isPresent() ? told : Hints.inText(complaint.message(), complaint.now());
  }

  private static Function<Complaint, Verdict> exhausted(
      String reason, BiFunction<Complaint, Instant, Duration> otherwise) {
    return c -> new Verdict.Exhausted(reason, hint(c).orElseGet(() -> otherwise.apply(c, c.now())));
  }
}
