package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.FrontEnd;
import io.onebalance.sandbox.quota.Dimension;
import io.onebalance.sandbox.quota.Meter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Google's refusals: `google.rpc.Status` in JSON, as the Gemini API sends them.
final class GoogleErrors {
  private static final String STATUS =
      """
      {
        "error": {
          "code": $,
          "message": $,
          "status": "$"$
        }
      }
      """;
  private static final String INFO =
      """
      {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "$", "domain": "googleapis.com",
       "metadata": {$"service": "generativelanguage.googleapis.com"}}
      """;
  private static final String LOCALIZED =
      """
      {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": $}
      """;
  private static final String HELP =
      """
      {"@type": "type.googleapis.com/google.rpc.Help", "links": [{
        "description": "Learn more about Gemini API quotas",
        "url": "https://ai.google.dev/gemini-api/docs/rate-limits"}]}
      """;
  private static final String VIOLATION =
      """
      {"quotaMetric": "generativelanguage.googleapis.com/$", "quotaId": "$",
       "quotaDimensions": {"location": "global", "model": $}, "quotaValue": "$"}
      """;
  private static final String QUOTA =
      "You exceeded your current quota, please check your plan and billing details. For more"
          + " information on this error, head to:"
          + " https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage,"
          + " head to: https://ai.dev/rate-limit. ";
  private static final String PROJECT = "\"consumer\": \"projects/100000000000\", ";

  private GoogleErrors() {}

  static Reply of(Complaint complaint, Ask ask) {
    return switch (complaint) {
      case Complaint.Limited(var exceeded) -> limited(exceeded, ask);
      case Complaint.BadRequest(var why) -> plain(400, "INVALID_ARGUMENT", why);
      case Complaint.NotFound(var what) -> plain(404, "NOT_FOUND", what);
      case Plain plain -> about(plain, ask);
    };
  }

  private static Reply about(Plain complaint, Ask ask) {
    return switch (complaint) {
      case NO_KEY ->
          plain(
              403,
              "PERMISSION_DENIED",
              "Method doesn't allow unregistered callers (callers without established identity)."
                  + " Please use API Key or other form of API consumer identity to call this API.");
      case INVALID_KEY -> invalid("API key not valid. Please pass a valid API key.");
      case EXPIRED_KEY -> invalid("API key expired. Please renew the API key.");
      case TWO_KEYS ->
          plain(
              400,
              "INVALID_ARGUMENT",
              "Multiple authentication credentials received. Please pass only one.");
      case LEAKED_KEY ->
          plain(
              403,
              "PERMISSION_DENIED",
              "Your API key was reported as leaked. Please use another API key.");
      case SUSPENDED -> suspended(ask.key());
      case NO_CREDIT ->
          plain(
              402,
              "RESOURCE_EXHAUSTED",
              "Your prepayment credits are depleted. Please go to AI Studio to manage your project"
                  + " and billing.");
      case NO_BILLING ->
          plain(
              400,
              "FAILED_PRECONDITION",
              "Gemini API free tier is not available in your country. Please enable billing on"
                  + " your project in Google AI Studio.");
      case API_DISABLED -> disabled();
      case RESTRICTED_KEY -> restricted();
      case UNAUTHORIZED -> unauthorized();
      case FORBIDDEN -> plain(403, "PERMISSION_DENIED", "The caller does not have permission");
      case REGION ->
          plain(400, "FAILED_PRECONDITION", "User location is not supported for the API use.");
      case LIMITED_WITHOUT_HINT ->
          plain(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).");
      case NO_QUOTA_FOR_MODEL -> noQuota(ask);
      case OVERLOADED ->
          plain(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
      case INTERNAL -> plain(500, "INTERNAL", "Internal error encountered.");
      case BAD_GATEWAY -> FrontEnd.badGateway();
    };
  }

  private static Reply limited(List<Meter> exceeded, Ask ask) {
    var rest =
        exceeded.stream().map(Meter::untilEnough).max(Comparator.naturalOrder()).orElseThrow();
    var lines =
        exceeded.stream()
            .map(meter ->
                "\n* Quota exceeded for metric: generativelanguage.googleapis.com/%s, limit: %d, model: %s"
                    .formatted(metric(meter.dimension()), meter.limit(), ask.model()))
            .collect(Collectors.joining());
    var violations =
        exceeded.stream()
            .map(meter ->
                Json.filled(
                    VIOLATION,
                    metric(meter.dimension()),
                    quotaId(meter.dimension()),
                    Json.quoted(ask.model()),
                    meter.limit()))
            .toList();
    return error(
        429,
        "RESOURCE_EXHAUSTED",
        QUOTA + lines + "\nPlease retry in " + seconds(rest) + ".",
        List.of(HELP, failure(violations), retryInfo(rest)));
  }

  private static Reply noQuota(Ask ask) {
    var metric = metric(Dimension.REQUESTS_PER_DAY);
    var violations =
        List.of(Dimension.REQUESTS_PER_DAY, Dimension.REQUESTS_PER_MINUTE).stream()
            .map(dimension ->
                Json.filled(VIOLATION, metric, quotaId(dimension), Json.quoted(ask.model()), 0)
                    .replace(", \"quotaValue\": \"0\"", ""))
            .toList();
    return error(
        429,
        "RESOURCE_EXHAUSTED",
        QUOTA
            + "\n* Quota exceeded for metric: generativelanguage.googleapis.com/%s, limit: 0, model: %s\nPlease retry in 45.578569677s."
                .formatted(metric, ask.model()),
        List.of(HELP, failure(violations), retryInfo(Duration.ofNanos(45_578_569_677L))));
  }

  private static Reply invalid(String message) {
    return error(
        400,
        "INVALID_ARGUMENT",
        message,
        List.of(
            Json.filled(INFO, "API_KEY_INVALID", ""),
            Json.filled(LOCALIZED, Json.quoted(message))));
  }

  /// The real one echoes the whole key, so a gateway has to scrub it.
  private static Reply suspended(String key) {
    var message = "Permission denied: Consumer 'api_key:%s' has been suspended.".formatted(key);
    var container = PROJECT + "\"containerInfo\": " + Json.quoted("api_key:" + key) + ", ";
    return error(
        403,
        "PERMISSION_DENIED",
        message,
        List.of(
            Json.filled(INFO, "CONSUMER_SUSPENDED", container),
            Json.filled(LOCALIZED, Json.quoted(message))));
  }

  private static Reply disabled() {
    var url =
        "https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project=100000000000";
    var help =
        """
        {"@type": "type.googleapis.com/google.rpc.Help", "links": [{
          "description": "Google developers console API activation", "url": "%s"}]}
        """
            .formatted(url);
    return error(
        403,
        "PERMISSION_DENIED",
        "Generative Language API has not been used in project 100000000000 before or it is"
            + " disabled. Enable it by visiting %s then retry. If you enabled this API recently,"
                .formatted(url)
            + " wait a few minutes for the action to propagate to our systems and retry.",
        List.of(help, Json.filled(INFO, "SERVICE_DISABLED", PROJECT)));
  }

  private static Reply restricted() {
    var method = "google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent";
    return error(
        403,
        "PERMISSION_DENIED",
        "Requests to this API generativelanguage.googleapis.com method %s are blocked."
            .formatted(method),
        List.of(
            Json.filled(
                INFO,
                "API_KEY_SERVICE_BLOCKED",
                PROJECT
                    + "\"apiName\": \"generativelanguage.googleapis.com\", \"methodName\": \"%s\", "
                        .formatted(method))));
  }

  private static Reply unauthorized() {
    return error(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
            + " cookie or other valid authentication credential. See"
            + " https://developers.google.com/identity/sign-in/web/devconsole-project.",
        List.of(
            Json.filled(
                INFO,
                "ACCESS_TOKEN_TYPE_UNSUPPORTED",
                "\"method\":"
                    + " \"google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent\","
                    + " ")));
  }

  private static String metric(Dimension dimension) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY -> "generate_content_free_tier_requests";
      case TOKENS_PER_MINUTE -> "generate_content_free_tier_input_token_count";
    };
  }

  private static String quotaId(Dimension dimension) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE -> "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
      case REQUESTS_PER_DAY -> "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
      case TOKENS_PER_MINUTE -> "GenerateContentInputTokensPerModelPerMinute-FreeTier";
    };
  }

  private static String failure(List<String> violations) {
    return "{\"@type\": \"type.googleapis.com/google.rpc.QuotaFailure\", \"violations\": ["
        + String.join(",\n", violations)
        + "]}";
  }

  private static String retryInfo(Duration rest) {
    return "{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"%s\"}"
        .formatted(seconds(rest));
  }

  /// A protobuf duration: seconds with up to nine digits after the point.
  private static String seconds(Duration rest) {
    return BigDecimal.valueOf(rest.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  static Reply plain(int code, String status, String message) {
    return error(code, status, message, List.of());
  }

  private static Reply error(int code, String status, String message, List<String> details) {
    var list =
        details.isEmpty() ? "" : ",\n    \"details\": [\n" + String.join(",\n", details) + "]";
    return Reply.json(code, Json.filled(STATUS, code, Json.quoted(message), status, list));
  }

  static String text(Reply error) {
    return new String(error.body(), StandardCharsets.UTF_8);
  }

  /// As the array that some of Google's surfaces wrap an error in.
  static Reply inArray(Reply error) {
    return error.headers().getOrDefault("content-type", "").contains("json")
        ? error.withPieces(List.of(Json.bytes("[" + text(error) + "]\n")))
        : error;
  }
}
