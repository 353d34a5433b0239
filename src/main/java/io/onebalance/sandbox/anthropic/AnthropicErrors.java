package io.onebalance.sandbox.anthropic;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.FrontEnd;
import io.onebalance.sandbox.quota.Meter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Anthropic's refusals and its `anthropic-ratelimit-*` fields.
final class AnthropicErrors {
  private static final String BODY =
      """
      {"type":"error","error":{"type":$,"message":$},"request_id":$}
      """;

  private AnthropicErrors() {}

  static Reply of(Complaint complaint, Ask ask) {
    return switch (complaint) {
      case Complaint.Limited(var exceeded) -> limited(exceeded, ask);
      case Complaint.BadRequest(var why) -> error(ask, 400, "invalid_request_error", why);
      case Complaint.NotFound(var what) -> error(ask, 404, "not_found_error", what);
      case Plain plain -> plain(plain, ask);
    };
  }

  private static Reply plain(Plain complaint, Ask ask) {
    return switch (complaint) {
      case NO_KEY -> error(ask, 401, "authentication_error", "x-api-key header is required");
      case INVALID_KEY, TWO_KEYS, EXPIRED_KEY, LEAKED_KEY ->
          error(ask, 401, "authentication_error", "invalid x-api-key");
      case SUSPENDED ->
          error(ask, 400, "invalid_request_error", "This organization has been disabled.");
      case NO_CREDIT, NO_BILLING ->
          error(
              ask,
              400,
              "invalid_request_error",
              "Your credit balance is too low to access the Anthropic API. Please go to Plans &"
                  + " Billing to upgrade or purchase credits.");
      case API_DISABLED, RESTRICTED_KEY ->
          error(
              ask,
              403,
              "permission_error",
              "Your API key does not have permission to use the specified resource.");
      case UNAUTHORIZED -> error(ask, 401, "authentication_error", "Unauthorized");
      case FORBIDDEN, REGION -> error(ask, 403, "forbidden", "Request not allowed");
      case LIMITED_WITHOUT_HINT ->
          error(
              ask,
              429,
              "rate_limit_error",
              "This request would exceed your account's rate limit. Please try again later.");
      case NO_QUOTA_FOR_MODEL -> error(ask, 404, "not_found_error", "model: " + ask.named());
      case OVERLOADED -> error(ask, 529, "overloaded_error", "Overloaded");
      case INTERNAL -> error(ask, 500, "api_error", "Internal server error");
      case BAD_GATEWAY -> FrontEnd.badGateway();
    };
  }

  private static Reply limited(List<Meter> exceeded, Ask ask) {
    var meter = exceeded.stream().max(Comparator.comparing(Meter::untilEnough)).orElseThrow();
    var message =
        "This request would exceed your organization's rate limit of %d %s. For details, refer to: https://docs.claude.com/en/api/rate-limits."
            .formatted(meter.limit(), named(meter));
    return error(ask, 429, "rate_limit_error", message)
        .with(meters(exceeded, ask.now()))
        .with("retry-after", Long.toString(Math.ceilDiv(meter.untilEnough().toMillis(), 1_000L)));
  }

  private static String named(Meter meter) {
    return switch (meter.dimension()) {
      case REQUESTS_PER_MINUTE -> "requests per minute";
      case REQUESTS_PER_DAY -> "requests per day";
      case TOKENS_PER_MINUTE -> "input tokens per minute";
    };
  }

  static Map<String, String> meters(List<Meter> meters, Instant now) {
    var fields = new LinkedHashMap<String, String>();
    meters.stream()
        .sorted(Comparator.comparingLong(Meter::left).reversed())
        .forEach(meter -> {
          switch (meter.dimension()) {
            case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY -> put(fields, "requests", meter, now);
            case TOKENS_PER_MINUTE -> {
              put(fields, "input-tokens", meter, now);
              put(fields, "tokens", meter, now);
            }
          }
        });
    return fields;
  }

  private static void put(Map<String, String> fields, String kind, Meter meter, Instant now) {
    var name = "anthropic-ratelimit-" + kind;
    fields.put(name + "-limit", Long.toString(meter.limit()));
    fields.put(name + "-remaining", Long.toString(meter.left()));
    fields.put(
        name + "-reset", now.plus(meter.untilFull()).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static Reply error(Ask ask, int status, String type, String message) {
    return Reply.json(
        status,
        Json.line(BODY, Json.quoted(type), Json.quoted(message), Json.quoted(ask.id("req_"))));
  }
}
