package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.FrontEnd;
import io.onebalance.sandbox.quota.Dimension;
import io.onebalance.sandbox.quota.Meter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OpenAI's refusals and its `x-ratelimit-*` fields.
final class OpenAiErrors {
  private static final String BODY =
      """
      {
          "error": {
              "message": $,
              "type": $,
              "param": null,
              "code": $
          }
      }
      """;

  private OpenAiErrors() {}

  static Reply of(Complaint complaint, Ask ask) {
    return switch (complaint) {
      case Complaint.Limited(var exceeded) -> limited(exceeded, ask);
      case Complaint.BadRequest(var why) -> error(400, "invalid_request_error", null, why);
      case Complaint.NotFound(var what) -> error(404, "invalid_request_error", null, what);
      case Plain plain -> plain(plain, ask);
    };
  }

  private static Reply plain(Plain complaint, Ask ask) {
    return switch (complaint) {
      case NO_KEY ->
          error(
              401,
              "invalid_request_error",
              null,
              "You didn't provide an API key. You need to provide your API key in an Authorization"
                  + " header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the"
                  + " password field (with blank username) if you're accessing the API from your"
                  + " browser and are prompted for a username and password. You can obtain an API"
                  + " key from https://platform.openai.com/account/api-keys.");
      case INVALID_KEY, TWO_KEYS, EXPIRED_KEY, LEAKED_KEY ->
          error(
              401,
              "invalid_request_error",
              "invalid_api_key",
              "Incorrect API key provided: %s. You can find your API key at"
                      .formatted(shortened(ask.key()))
                  + " https://platform.openai.com/account/api-keys.");
      case SUSPENDED ->
          error(
              401,
              "invalid_request_error",
              "account_deactivated",
              "The OpenAI account associated with this API key has been deactivated. Please check"
                  + " your email for more information.");
      case NO_CREDIT, NO_BILLING ->
          error(
              429,
              "insufficient_quota",
              "insufficient_quota",
              "You exceeded your current quota, please check your plan and billing details. For"
                  + " more information on this error, read the docs:"
                  + " https://platform.openai.com/docs/guides/error-codes/api-errors.");
      case API_DISABLED, RESTRICTED_KEY ->
          error(
              403,
              "invalid_request_error",
              "missing_scope",
              "You have insufficient permissions for this operation. Missing scopes:"
                  + " model.request.");
      case UNAUTHORIZED -> error(401, "invalid_request_error", null, "Unauthorized");
      case FORBIDDEN -> error(403, "invalid_request_error", null, "Forbidden");
      case REGION ->
          error(
              403,
              "request_forbidden",
              "unsupported_country_region_territory",
              "Country, region, or territory not supported");
      case LIMITED_WITHOUT_HINT ->
          error(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests");
      case NO_QUOTA_FOR_MODEL ->
          error(
              404,
              "invalid_request_error",
              "model_not_found",
              "The model `%s` does not exist or you do not have access to it."
                  .formatted(ask.named()));
      case OVERLOADED ->
          error(
              503,
              "server_error",
              "server_is_overloaded",
              "The server is currently overloaded with other requests. Sorry about that! You can"
                  + " retry your request, or contact us through our help center at"
                  + " help.openai.com if the error persists.");
      case INTERNAL ->
          error(
              500,
              "server_error",
              null,
              "The server had an error while processing your request. Sorry about that!");
      case BAD_GATEWAY -> FrontEnd.badGateway();
    };
  }

  private static Reply limited(List<Meter> exceeded, Ask ask) {
    var meter = exceeded.stream().max(Comparator.comparing(Meter::untilEnough)).orElseThrow();
    var rest = meter.untilEnough();
    var message =
        "Rate limit reached for %s in organization org-sandbox on %s: Limit %d, Used %d, Requested %d. Please try again in %s. Visit https://platform.openai.com/account/rate-limits to learn more."
            .formatted(
                ask.named(),
                named(meter.dimension()),
                meter.limit(),
                meter.limit() - meter.left(),
                meter.wanted(),
                goDuration(rest));
    return error(429, kind(meter), "rate_limit_exceeded", message)
        .with(meters(exceeded))
        .with("retry-after", Long.toString(Math.ceilDiv(rest.toMillis(), 1_000L)))
        .with("retry-after-ms", Long.toString(millis(rest)));
  }

  private static String named(Dimension dimension) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE -> "requests per min (RPM)";
      case REQUESTS_PER_DAY -> "requests per day (RPD)";
      case TOKENS_PER_MINUTE -> "tokens per min (TPM)";
    };
  }

  /// Of requests a minute and a day, the scarcer one is shown, as OpenAI does.
  static Map<String, String> meters(List<Meter> meters) {
    var fields = new LinkedHashMap<String, String>();
    meters.stream()
        .sorted(Comparator.comparingLong(Meter::left).reversed())
        .forEach(meter -> put(fields, meter));
    return fields;
  }

  private static void put(Map<String, String> fields, Meter meter) {
    var kind = kind(meter);
    fields.put("x-ratelimit-limit-" + kind, Long.toString(meter.limit()));
    fields.put("x-ratelimit-remaining-" + kind, Long.toString(meter.left()));
    fields.put("x-ratelimit-reset-" + kind, goDuration(meter.untilFull()));
  }

  /// `20ms`, `8.64s`, `6m0s`, `1h2m3s`: as Go prints durations, to the millisecond.
  static String goDuration(Duration duration) {
    var millis = millis(duration);
    if (millis < 1_000) {
      return millis + "ms";
    }
    var rounded = Duration.ofMillis(millis);
    var seconds =
        new BigDecimal(millis % 60_000)
            .divide(BigDecimal.valueOf(1_000), 3, RoundingMode.UNNECESSARY)
            .stripTrailingZeros()
            .toPlainString();
    var hours = rounded.toHours() > 0 ? rounded.toHours() + "h" : "";
    var minutes = rounded.toMinutes() > 0 ? rounded.toMinutesPart() + "m" : "";
    return hours + minutes + seconds + "s";
  }

  private static long millis(Duration duration) {
    return Math.ceilDiv(duration.toNanos(), 1_000_000L);
  }

  private static String kind(Meter meter) {
    return meter.dimension() == Dimension.TOKENS_PER_MINUTE ? "tokens" : "requests";
  }

  /// As OpenAI shows a wrong key: its first eight and last four characters.
  private static String shortened(String key) {
    return key.length() < 13
        ? "*".repeat(key.length())
        : key.substring(0, 8) + "*".repeat(key.length() - 12) + key.substring(key.length() - 4);
  }

  private static Reply error(int status, String type, @Nullable String code, String message) {
    return Reply.json(
        status,
        Json.filled(
            BODY,
            Json.quoted(message),
            Json.quoted(type),
            code == null ? "null" : Json.quoted(code)));
  }
}
