package io.onebalance.provider.errors;

import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Meanings;
import io.onebalance.provider.errors.rule.RateLimits;

/// What a status means where no row of a table knew better.
public final class ByStatus {
  private ByStatus() {}

  public static Verdict verdict(Complaint complaint) {
    var status = complaint.status();
    var why = "status " + status;
    return switch (status) {
      case 401, 403, 407 -> new Verdict.Doubted(why);
      case 402 -> Meanings.unpaid("payment required").apply(complaint);
      case 408, 499 -> new Verdict.Faulted(why);
      case 429 -> RateLimits.of(complaint);
      case 503, 529 -> Meanings.overloaded(why).apply(complaint);
      // The rest goes by hundreds. A redirect is an answer for the client: it is never followed
      // here, since a key would travel with it.
      default ->
          status >= 300 && status < 500 ? new Verdict.Mistaken(why) : new Verdict.Faulted(why);
    };
  }
}
