package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.astray;
import static io.onebalance.provider.errors.rule.Meanings.dead;
import static io.onebalance.provider.errors.rule.Meanings.doubted;
import static io.onebalance.provider.errors.rule.Meanings.noAccess;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;
import static io.onebalance.provider.errors.rule.Meanings.spentThisMonth;
import static io.onebalance.provider.errors.rule.Meanings.unpaid;
import static io.onebalance.provider.errors.rule.Rule.at;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Json;
import io.onebalance.provider.errors.rule.RateLimits;
import io.onebalance.provider.errors.rule.Rule;
import io.onebalance.provider.limit.Hints;
import java.util.List;
import java.util.Optional;

/// What Anthropic's errors mean.
public final class AnthropicErrors {
  public static final List<Rule> TABLE =
      List.of(
          at(400, 401, 403)
              .says("^this organization has been disabled")
              .means(dead(Reason.DEACTIVATED)),
          at(400, 403).code("organization_on_hold").means(dead(Reason.SUSPENDED)),
          at(401)
              .says(
                  "^invalid (?:x-api-key|bearer token)|^(?:this|your) api key (?:has been|is|has)"
                      + " (?:revoked|expired|disabled)")
              .means(AnthropicErrors::invalid),
          at(400, 402, 403)
              .says("^your credit balance is too low")
              .means(unpaid("the credit is used up")),
          at(400, 403, 429)
              .says("^you have reached your specified (?:\\w+ )?api usage limits")
              .means(spentThisMonth("the usage limit is reached")),
          at().code("enforced_spend_limit_reached", "contract_spend_limit_reached")
              .means(spentThisMonth("the spend limit is reached")),
          at().code("billing_error").means(unpaid("billing")),
          at(402).means(unpaid("payment required")),
          at(403)
              .code("forbidden")
              .says("^request not allowed")
              .means(astray("the country is not supported")),
          at(403)
              .code("permission_error")
              .says("\\bmodel\\b")
              .means(noAccess("no access to this model")),
          at(401, 403)
              .code("authentication_error", "permission_error")
              .means(doubted("not authorised")),
          at().code("overloaded_error").means(overloaded("overloaded")),
          at(429).means(AnthropicErrors::limited));

  private AnthropicErrors() {}

  /// Whether the body is in Anthropic's envelope, at whatever provider.
  public static boolean speak(Complaint complaint) {
    var body = complaint.body();
    return Json.text(body.document().path("type")).equals("error") && body.error().has("type");
  }

  /// What is asked of an organization takes a key of another kind: a good one is refused there.
  private static Verdict invalid(Complaint complaint) {
    return complaint.answer().path().startsWith("/v1/organizations")
        ? new Verdict.Unpermitted("it takes an Admin key")
        : new Verdict.Dead(Reason.INVALID);
  }

  /// Subscriptions have a limit over all their windows, which is told by its end alone.
  private static Verdict limited(Complaint complaint) {
    var limited = RateLimits.of(complaint);
    if (limited.rest().isPresent()) {
      return limited;
    }
    var end = complaint.headers().first("anthropic-ratelimit-unified-reset");
    var rest = Hints.value(end, complaint.now());
    return rest.isEmpty()
        ? limited
        : new Verdict.Limited(
            limited.window(), rest, Optional.of(new Verdict.Quota("unified", Optional.empty())));
  }
}
