package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.dead;
import static io.onebalance.provider.errors.rule.Meanings.limited;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;
import static io.onebalance.provider.errors.rule.Meanings.spentThisMonth;
import static io.onebalance.provider.errors.rule.Meanings.tooDear;
import static io.onebalance.provider.errors.rule.Meanings.unpaid;
import static io.onebalance.provider.errors.rule.Meanings.unpermitted;
import static io.onebalance.provider.errors.rule.Rule.at;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.Json;
import io.onebalance.provider.errors.rule.RateLimits;
import io.onebalance.provider.errors.rule.Rule;
import io.onebalance.provider.limit.Hints;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the errors of providers of speech, images and search mean; each has an envelope of its own,
/// and [ErrorBody] reads them all.
public final class MediaErrors {
  public static final List<Rule> TABLE =
      List.of(
          // Credit and spending, whatever the status says.
          at(401, 429)
              .code("quota_exceeded")
              .says("\\byou have [1-9]\\d{2,} credits remaining")
              .means(tooDear()), // elevenlabs
          at(401, 429).code("quota_exceeded").means(unpaid("the quota is used up")), // elevenlabs
          at(402)
              .says("monthly")
              .means(spentThisMonth("the monthly credit is used up")), // huggingface
          at(402).means(unpaid("payment required")),
          at(403)
              .says("^user is locked.{0,40}(?:exhausted|balance)")
              .means(unpaid("the balance is used up")), // fal
          at(429)
              .says("\\b(?:out of|insufficient|no|not enough) credits?\\b")
              .means(unpaid("the credit is used up")),

          // The key.
          at(401)
              .code("invalid_api_key", "invalid_auth")
              .means(dead(Reason.INVALID)), // elevenlabs, deepgram
          at(401)
              .says("^invalid (?:username or password|credentials|api key)")
              .means(dead(Reason.INVALID)), // huggingface
          at(401)
              .code("unauthenticated")
              .says("valid authentication token")
              .means(dead(Reason.INVALID)), // replicate
          at(401)
              .code("missing_permissions")
              .means(unpermitted("the key lacks the permission")), // elevenlabs
          at(403)
              .code("insufficient_permissions")
              .means(unpermitted("the key lacks the permission")), // deepgram

          // Too much, or too many.
          at(429)
              .code("too_many_concurrent_requests", "concurrent_limit_exceeded")
              .means(RateLimits::concurrent), // elevenlabs
          at(429)
              .says("\\bconcurren(?:t|cy)\\b|\\bin[ -]flight\\b")
              .means(RateLimits::concurrent), // cartesia, fal, ideogram
          at(429, 503).code("system_busy").means(overloaded("busy")), // elevenlabs
          at(503).says("currently loading").means(MediaErrors::loading), // huggingface
          at(429).means(limited()));

  private MediaErrors() {}

  private static Verdict loading(Complaint complaint) {
    JsonNode estimate = complaint.body().document().path("estimated_time");
    var rest = Hints.value(Json.text(estimate), complaint.now());
    return new Verdict.Overloaded("the model is loading", rest);
  }
}
