package io.onebalance.provider.errors.opening;

import io.onebalance.provider.errors.rule.ErrorBody;
import java.util.Map;

/// The status that an error would have had, had it not come in a 200.
final class SpokenStatus {
  private static final Map<String, Integer> WORDS =
      Map.ofEntries(
          Map.entry("invalid_argument", 400),
          Map.entry("failed_precondition", 400),
          Map.entry("out_of_range", 400),
          Map.entry("invalid_request", 400),
          Map.entry("invalid_request_error", 400),
          Map.entry("unauthenticated", 401),
          Map.entry("authentication", 401),
          Map.entry("authentication_error", 401),
          Map.entry("invalid_api_key", 401),
          Map.entry("billing_error", 402),
          Map.entry("payment_required", 402),
          Map.entry("permission_denied", 403),
          Map.entry("permission_error", 403),
          Map.entry("not_found", 404),
          Map.entry("not_found_error", 404),
          Map.entry("model_not_found", 404),
          Map.entry("request_too_large", 413),
          Map.entry("resource_exhausted", 429),
          Map.entry("rate_limit_error", 429),
          Map.entry("rate_limit_exceeded", 429),
          Map.entry("insufficient_quota", 429),
          Map.entry("too_many_requests", 429),
          Map.entry("cancelled", 499),
          Map.entry("unavailable", 503),
          Map.entry("server_is_overloaded", 503),
          Map.entry("overloaded_error", 529),
          Map.entry("deadline_exceeded", 504),
          Map.entry("timeout_error", 504),
          Map.entry("validationexception", 400),
          Map.entry("accessdeniedexception", 403),
          Map.entry("expiredtokenexception", 403),
          Map.entry("unrecognizedclientexception", 403),
          Map.entry("resourcenotfoundexception", 404),
          Map.entry("modeltimeoutexception", 408),
          Map.entry("modelerrorexception", 424),
          Map.entry("modelstreamerrorexception", 424),
          Map.entry("modelnotreadyexception", 429),
          Map.entry("servicequotaexceededexception", 429),
          Map.entry("throttlingexception", 429),
          Map.entry("internalserverexception", 500),
          Map.entry("serviceunavailableexception", 503));

  private static final int UNKNOWN = 500;

  private SpokenStatus() {}

  static int of(ErrorBody body) {
    for (var code : body.codes()) {
      if (code.matches("[45]\\d\\d")) {
        return Integer.parseInt(code);
      }
    }
    for (var code : body.codes()) {
      var status = WORDS.get(code);
      if (status != null) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
