package io.onebalance.provider.errors.vendor;

import static io.onebalance.provider.errors.rule.Meanings.astray;
import static io.onebalance.provider.errors.rule.Meanings.dead;
import static io.onebalance.provider.errors.rule.Meanings.doubted;
import static io.onebalance.provider.errors.rule.Meanings.limited;
import static io.onebalance.provider.errors.rule.Meanings.mistaken;
import static io.onebalance.provider.errors.rule.Meanings.noAccess;
import static io.onebalance.provider.errors.rule.Meanings.overloaded;
import static io.onebalance.provider.errors.rule.Meanings.spentThisMonth;
import static io.onebalance.provider.errors.rule.Meanings.tooDear;
import static io.onebalance.provider.errors.rule.Meanings.unpaid;
import static io.onebalance.provider.errors.rule.Meanings.unpermitted;
import static io.onebalance.provider.errors.rule.Rule.at;

import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.rule.Rule;
import java.util.List;

/// What the errors of OpenAI and of those that follow its shape mean. The vendors share one table,
/// so that a new one needs none: their words hardly ever mean two things.
public final class OpenAiErrors {
  public static final List<Rule> TABLE =
      List.of(
          // Credit and spending, before everything else: several vendors say it with 401 or 403.
          at(429)
              .says("allocated quota exceeded")
              .means(limited()), // qwen: a rate under quota's name
          at().code(
                  "billing_hard_limit_reached",
                  "organization_spend_limit_exceeded",
                  "project_spend_limit_exceeded",
                  "organization_usage_limit_exceeded",
                  "blocked_api_access")
              .means(spentThisMonth("the spend limit is reached")),
          at().code("insufficient_quota", "credit_balance_exhausted")
              .means(unpaid("the credit is used up")),
          at().code("billing_not_active").means(unpaid("billing is not active")),
          at(400, 403).code("arrearage").means(unpaid("the account is in arrears")), // qwen
          at(403)
              .code("allocationquota.freetieronly")
              .means(noAccess("the free tier of this model is used up")), // qwen
          at(403, 429)
              .says("either used all available credits or reached its monthly spending limit")
              .means(unpaid("the credit or the spend limit is used up")), // grok
          at(403)
              .says("doesn't have any credits or licenses")
              .means(unpaid("the team has no credit")), // grok
          at(402).says("\\bcan only afford [1-9]\\d{2,}").means(tooDear()), // openrouter
          at(402).says("monthly|per month").means(spentThisMonth("the monthly credit is used up")),
          at(402).means(unpaid("payment required")),
          at(412)
              .says("suspended|spending limit")
              .means(unpaid("suspended, or the spend limit is reached")), // fireworks
          at(403)
              .says("^key limit exceeded")
              .means(spentThisMonth("the key's own limit is reached")), // openrouter
          at(429)
              .says("limited to \\d+ API calls / month")
              .means(spentThisMonth("the trial key's month is used up")), // cohere

          // The key is dead.
          at(401, 403).code("account_deactivated").means(dead(Reason.DEACTIVATED)),
          at(400, 403).code("organization_restricted").means(dead(Reason.SUSPENDED)), // groq
          at(401).code("invalid_api_key", "wrong_api_key").means(dead(Reason.INVALID)),
          at(400, 401)
              .says("^incorrect api key provided")
              .means(dead(Reason.INVALID)), // openai; grok with 400
          at(401)
              .says("^(?:the api key you provided is invalid|invalid api (?:key|token))")
              .means(dead(Reason.INVALID)),
          at(401).says("^your api key has expired").means(dead(Reason.INVALID)), // cohere
          at(401)
              .says("^authentication fails, your api key: [*\\w.-]{0,80} is invalid")
              .means(dead(Reason.INVALID)), // deepseek
          at(403)
              .says("^(?:the |your )?api key (?:is |has been )(?:currently )?(?:blocked|disabled)")
              .means(dead(Reason.DEACTIVATED)),

          // The road or the client, though the status blames the key.
          at().code("unsupported_country_region_territory")
              .means(astray("the country is not supported")),
          at(403)
              .says("country, region, or territory not supported")
              .means(astray("the country is not supported")),
          at(401)
              .code("mismatched_organization", "mismatched_project", "invalid_organization")
              .means(
                  mistaken("the request names an organization or project that is not the key's")),
          at(403)
              .says("content violates|usage guidelines|moderation|guardrail|flagged")
              .means(mistaken("the content was refused")),
          at(400)
              .says("^could not finish the message because max_tokens")
              .means(_ -> Verdict.Mistaken.UNFINISHED), // openai's and azure's models that think
          at(498).code("capacity_exceeded").means(overloaded("no capacity")), // groq's flex tier
          at(401, 403)
              .says("missing scopes?\\b|insufficient permissions for this operation")
              .means(unpermitted("the key lacks the scope")),
          at(403).code("model_not_found").means(noAccess("no access to this model")),
          at(403)
              .says("access to (?:the )?model|model .{0,200}not (?:available|accessible|allowed)")
              .means(noAccess("no access to this model")),
          at(401).code("ip_not_authorized").means(doubted("not from this address")),

          // Too much, or too many.
          at(429, 503)
              .code("server_is_overloaded", "queue_exceeded", "overloaded_error")
              .means(overloaded("overloaded")),
          at(429)
              .says("^provider returned error")
              .means(overloaded("the provider behind it has a limit")), // openrouter
          at(503).means(overloaded("overloaded")),
          at(429).means(limited()));

  private OpenAiErrors() {}
}
