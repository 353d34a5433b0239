package io.onebalance.provider.errors;

import io.onebalance.provider.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The right-hand sides of the tables.
final class Meanings {
  private Meanings() {}

  static Function<Complaint, Verdict> dead(String reason) {
    return _ -> new Verdict.Dead(reason);
  }

  static Function<Complaint, Verdict> doubted(String reason) {
    return _ -> new Verdict.Doubted(reason);
  }

  static Function<Complaint, Verdict> mistaken(String why) {
    return _ -> new Verdict.Mistaken(why);
  }

  static Function<Complaint, Verdict> astray(String why) {
    return _ -> new Verdict.Astray(why);
  }

  /// The road wants to be left alone: for as long as it says, else for `otherwise`.
  static Function<Complaint, Verdict> astray(String why, Duration otherwise) {
    return c -> new Verdict.Astray(why, Optional.of(hint(c).orElse(otherwise)));
  }

  static Function<Complaint, Verdict> faulted(String why) {
    return _ -> new Verdict.Faulted(why);
  }

  static Function<Complaint, Verdict> noAccess(String why) {
    return _ -> new Verdict.NoAccess(why, Resets.WITHOUT_ACCESS);
  }

  static Function<Complaint, Verdict> overloaded(String why) {
    return c -> new Verdict.Overloaded(why, hint(c));
  }

  static Function<Complaint, Verdict> limited() {
    return RateLimits::of;
  }

  /// Credit is gone: until the provider's hint, else until somebody pays.
  static Function<Complaint, Verdict> unpaid(String reason) {
    return exhausted(reason, (_, _) -> Resets.UNTIL_PAID);
  }

  /// A monthly limit: until the provider's hint, else until the month begins.
  static Function<Complaint, Verdict> spentThisMonth(String reason) {
    return exhausted(reason, (_, now) -> Resets.monthUtc(now));
  }

  /// The provider's own word on when to come back: a field, else the message.
  static Optional<Duration> hint(Complaint complaint) {
    var told = Hints.retryAfter(complaint.headers(), complaint.now());
    return told.isPresent() ? told : Hints.inText(complaint.message(), complaint.now());
  }

  private static Function<Complaint, Verdict> exhausted(
      String reason, BiFunction<Complaint, Instant, Duration> otherwise) {
    return c -> new Verdict.Exhausted(reason, hint(c).orElseGet(() -> otherwise.apply(c, c.now())));
  }
}
