package io.onebalance.relay.exchange;

import io.onebalance.access.limit.Permit;
import java.time.Duration;
import java.util.Optional;

/// An answer of our own that says why there is no other. `code` is one of the contract's; `message`
/// is for people and never holds a secret.
public record Refusal(int status, String code, String message, Optional<Duration> retryAfter) {
  static final int SLOW = 408;

  /// The same, told so much later.
  public Refusal later(Duration delay) {
    return new Refusal(status, code, message, retryAfter.map(rest -> rest.minus(delay)));
  }

  public static Refusal of(int status, String code, String message) {
    return new Refusal(status, code, message, Optional.empty());
  }

  public static Refusal unauthorized(String why) {
    return of(401, "invalid_api_key", why);
  }

  public static Refusal forbidden(String why) {
    return of(403, "permission_denied", why);
  }

  public static Refusal invalid(String why) {
    return of(400, "invalid_request", why);
  }

  /// Nothing is served at this path, or not with this method.
  public static Refusal unserved(int status, String why) {
    return of(status, status == 400 ? "invalid_request" : "not_found", why);
  }

  public static Refusal unknownProvider(String slug) {
    return of(404, "unknown_provider", "There is no provider '" + slug + "' here.");
  }

  /// There is such a provider, but no way to it.
  public static Refusal unreachable(String why) {
    return of(404, "unknown_provider", why + ".");
  }

  public static Refusal tooLarge(long limit) {
    return of(413, "request_too_large", "The body is larger than " + limit + " bytes.");
  }

  /// This gateway key has as many requests under way as it may.
  public static Refusal tooMany(int most) {
    var why = "This gateway key has " + most + " requests under way, and no more may be.";
    return new Refusal(429, "too_many_requests", why, Optional.of(Duration.ofSeconds(1)));
  }

  /// This gateway key has used or spent what it may.
  public static Refusal limited(Permit.Refused refused) {
    var code = refused.isBudget() ? "budget_spent" : "rate_limited";
    return new Refusal(429, code, refused.message(), Optional.of(refused.rest()));
  }

  /// A body of which only the beginning is kept can't be signed.
  public static Refusal notWhole(long limit) {
    var why = "A request that is signed for its provider may have " + limit + " bytes at most.";
    return of(413, "request_too_large", why);
  }

  /// A body of which only the beginning is kept can't be translated.
  public static Refusal notTranslatable(long limit) {
    var why = "A request that is translated for its provider may have " + limit + " bytes at most.";
    return of(413, "request_too_large", why);
  }

  public static Refusal noKeys(String provider, String why) {
    return of(503, "no_keys_available", "No key of " + provider + " can be used: " + why + ".");
  }

  public static Refusal cooling(String provider, Duration rest) {
    var seconds = Math.max(1, rest.plusMillis(999).toSeconds());
    var message =
        "All keys of " + provider + " are cooling; the soonest is back in " + seconds + " s.";
    return new Refusal(429, "all_keys_cooling", message, Optional.of(rest));
  }

  /// The provider fails whichever key is asked, and is left alone for a while.
  public static Refusal failing(String provider, Duration rest) {
    var seconds = Math.max(1, rest.plusMillis(999).toSeconds());
    var message = provider + " fails with every key and is left alone for " + seconds + " s.";
    return new Refusal(503, "overloaded", message, Optional.of(rest));
  }

  /// The road to every key rests, and so no key was asked.
  public static Refusal resting(String why, Duration rest) {
    var seconds = Math.max(1, rest.plusMillis(999).toSeconds());
    var message = "The gateway is left alone for " + seconds + " s: " + why + ".";
    return new Refusal(429, "all_keys_cooling", message, Optional.of(rest));
  }

  /// The provider itself, whichever key is asked, takes no requests for so long.
  public static Refusal closed(String why, Duration rest) {
    var seconds = Math.max(1, rest.plusMillis(999).toSeconds());
    var message = "The provider takes no requests for " + seconds + " s: " + why + ".";
    return new Refusal(429, "all_keys_cooling", message, Optional.of(rest));
  }

  public static Refusal failed(String why) {
    return of(502, "all_keys_failed", why);
  }

  /// The client itself keeps us waiting (RFC 9110, 15.5.9).
  public static Refusal slow() {
    return of(SLOW, "timeout", "The body of the request did not come.");
  }

  /// There is no room for the request right now; it is our own limit.
  public static Refusal overloaded(String why) {
    return new Refusal(503, "overloaded", why, Optional.of(Duration.ofSeconds(1)));
  }

  public static Refusal timeout(String why) {
    return of(504, "timeout", why);
  }

  public static Refusal broken(String requestId) {
    return of(
        500, "internal_error", "One Balance failed; its log tells more of " + requestId + ".");
  }
}
