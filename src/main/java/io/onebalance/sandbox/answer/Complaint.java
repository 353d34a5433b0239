package io.onebalance.sandbox.answer;

import io.onebalance.sandbox.quota.Meter;
import java.util.List;

/// Why a provider refuses. Each pretender says it in its own words, status and fields.
public sealed interface Complaint {
  /// Quotas that are spent, with when they come back.
  record Limited(List<Meter> exceeded) implements Complaint {
    public Limited {
      exceeded = List.copyOf(exceeded);
    }
  }

  /// A request that the provider does not like: the client's own mistake.
  record BadRequest(String why) implements Complaint {}

  /// Something that is not there, or not there for this key.
  record NotFound(String what) implements Complaint {}

  /// All that needs no particulars.
  enum Plain implements Complaint {
    /// 401, Gemini 403: no key at all.
    NO_KEY,
    /// Gemini 400, others 401: no such key.
    INVALID_KEY,
    /// Gemini only, 400: two credentials at once.
    TWO_KEYS,
    /// Gemini 400, others 401.
    EXPIRED_KEY,
    /// Gemini 403, others 401: the key was found in public and killed.
    LEAKED_KEY,
    /// Gemini 403, OpenAI 401, Anthropic 403.
    SUSPENDED,
    /// Gemini 402, OpenAI 429 `insufficient_quota`, Anthropic 400.
    NO_CREDIT,
    /// Gemini 400: the free tier is not for this country.
    NO_BILLING,
    /// Gemini 403; others a permission error.
    API_DISABLED,
    /// Gemini 403; others a permission error.
    RESTRICTED_KEY,
    /// 401 that does not say whether the key is bad.
    UNAUTHORIZED,
    /// 403 that does not say whether the key is bad.
    FORBIDDEN,
    /// Gemini 400, others 403: this address may not ask.
    REGION,
    /// 429 without any hint.
    LIMITED_WITHOUT_HINT,
    /// 429 because the tier has no quota for the model (`limit: 0`).
    NO_QUOTA_FOR_MODEL,
    /// 503, Anthropic 529.
    OVERLOADED,
    /// 500.
    INTERNAL,
    /// 502 with an HTML page, as from a front end.
    BAD_GATEWAY
  }
}
